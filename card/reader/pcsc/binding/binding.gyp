{
  "targets": [
    {
      "target_name": "pcsc",
      "sources": ["job.c", "calls.c", "marshal.c", "binding.c"],
      "defines": ["NAPI_VERSION=8"],
      "conditions": [
        ["OS=='win'", { "libraries": ["-lwinscard"] }],
        ["OS=='mac'", { "libraries": ["-framework PCSC"] }],
        ["OS=='linux'", { "include_dirs": ["/usr/include/PCSC"], "libraries": ["-lpcsclite"], "cflags": ["-Wall", "-Wextra", "-Wno-cast-function-type"] }]
      ]
    }
  ]
}
