package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

const (
	opText  = 1
	opClose = 8
	opPing  = 9
	opPong  = 10
)

// upgrade is the request that makes a connection a WebSocket.
func upgrade(address, path, subprotocol string) []byte {
	var request bytes.Buffer
	fmt.Fprintf(&request, "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n", path, address)
	fmt.Fprint(&request, "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n")
	if subprotocol != "" {
		fmt.Fprintf(&request, "Sec-WebSocket-Protocol: %s\r\n", subprotocol)
	}
	request.WriteString("\r\n")
	return request.Bytes()
}

// answer splits off the response to an upgrade: its status and what follows; 0 while it is not whole.
func answer(data []byte) (status int, rest []byte) {
	end := bytes.Index(data, []byte("\r\n\r\n"))
	if end < 0 || len(data) < 12 {
		return 0, data
	}
	if _, err := fmt.Sscanf(string(data[9:12]), "%d", &status); err != nil {
		return 400, nil
	}
	return status, data[end+4:]
}

// frame splits off one frame of a server; ok is false while it is not whole.
func frame(data []byte) (op byte, payload, rest []byte, ok bool) {
	if len(data) < 2 {
		return 0, nil, data, false
	}
	length, head := int(data[1]&0x7f), 2
	switch length {
	case 126:
		if len(data) < 4 {
			return 0, nil, data, false
		}
		length, head = int(binary.BigEndian.Uint16(data[2:])), 4
	case 127:
		if len(data) < 10 {
			return 0, nil, data, false
		}
		length, head = int(binary.BigEndian.Uint64(data[2:])), 10
	}
	if len(data) < head+length {
		return 0, nil, data, false
	}
	return data[0] & 0x0f, data[head : head+length], data[head+length:], true
}

// masked is a frame of a client.
func masked(op byte, payload []byte) []byte {
	data := make([]byte, 0, len(payload)+14)
	data = append(data, 0x80|op)
	switch {
	case len(payload) < 126:
		data = append(data, 0x80|byte(len(payload)))
	case len(payload) < 1<<16:
		data = binary.BigEndian.AppendUint16(append(data, 0x80|126), uint16(len(payload)))
	default:
		data = binary.BigEndian.AppendUint64(append(data, 0x80|127), uint64(len(payload)))
	}
	key := [4]byte{0x5a, 0x17, 0xc3, 0x3e}
	data = append(data, key[:]...)
	for i, b := range payload {
		data = append(data, b^key[i&3])
	}
	return data
}

func text(format string, arguments ...any) []byte {
	return masked(opText, fmt.Appendf(nil, format, arguments...))
}
