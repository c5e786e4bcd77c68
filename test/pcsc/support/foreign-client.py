"""A PC/SC program that is not ours: sends the commands on standard input, hex, one a line, and prints each whole answer in hex.

usage: foreign-client.py READER
"""

import sys

from smartcard.System import readers

reader = next(each for each in readers() if str(each) == sys.argv[1])
connection = reader.createConnection()
connection.connect()
print(bytes(connection.getATR()).hex().upper())
for line in sys.stdin:
    data, sw1, sw2 = connection.transmit(list(bytes.fromhex(line.strip())))
    print(bytes([*data, sw1, sw2]).hex().upper())
