package main

import (
	"bytes"
	"fmt"
	"strconv"
	"time"
)

// dialect is how the clients of one server speak.
type dialect interface {
	// greet is what a new connection sends first.
	greet(s *socket, address string) []byte
	// take handles what came, and gives back what is not whole yet.
	take(c *crowd, s *socket, data []byte) (rest []byte, err error)
	// post is a message of the socket's member to its room.
	post(s *socket, text string, due time.Duration) []byte
}

// The text of a message: when it was due, between marks, filled up to its size.
const (
	mark       = "@@"
	stampWidth = 16
	textSize   = 256
)

var (
	markBytes = []byte(mark)
	filling   = string(bytes.Repeat([]byte("x"), textSize-len(mark)-stampWidth))
)

// stamped is the text of a message that is due at that time of the run.
func stamped(due time.Duration) string {
	return fmt.Sprintf("%s%0*d%s", mark, stampWidth, due.Microseconds(), filling)
}

// stamp reads the next message's due time; rest is what follows it.
func stamp(data []byte) (due time.Duration, rest []byte, ok bool) {
	i := bytes.Index(data, markBytes)
	if i < 0 || len(data) < i+len(mark)+stampWidth {
		return 0, nil, false
	}
	data = data[i+len(mark):]
	micros, err := strconv.ParseInt(string(data[:stampWidth]), 10, 64)
	if err != nil {
		return 0, data, false
	}
	return time.Duration(micros) * time.Microsecond, data[stampWidth:], true
}

// webSocket is what the dialects on WebSockets have in common: handle gets each text message.
func webSocket(c *crowd, s *socket, data []byte, handle func(payload []byte) error, opened func() error) ([]byte, error) {
	if s.step == 0 {
		status, rest := answer(data)
		switch status {
		case 0:
			return rest, nil
		case 101:
			s.step = 1
			data = rest
			if opened != nil {
				if err := opened(); err != nil {
					return nil, err
				}
			}
		default:
			return nil, c.refused(s, status)
		}
	}
	for {
		op, payload, rest, whole := frame(data)
		if !whole {
			return rest, nil
		}
		data = rest
		var err error
		switch op {
		case opText:
			err = handle(payload)
		case opPing:
			err = c.loop.send(s, masked(opPong, payload))
		case opClose:
			return nil, c.hungUp(s, payload)
		}
		if err != nil || !c.open(s) {
			return nil, err
		}
	}
}
