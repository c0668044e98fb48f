package main

import (
	"bytes"
	"fmt"
	"time"
)

// chat speaks chat.v1.json, and checks that each room's events come dense and in order.
type chat struct {
	setup  *setup
	resume bool // ask for what was missed, from the socket's last sequence on
}

var (
	replyStart = []byte(`{"id":`)
	pushStart  = []byte(`{"push":`)
	connected  = []byte(`{"id":1,"connect":{`)
	sendKey    = []byte(`"send":{`)
	seqKey     = []byte(`{"seq":`)
)

const connectID = 1

func (d *chat) greet(_ *socket, address string) []byte {
	return upgrade(address, "/ws", "chat.v1.json")
}

func (d *chat) take(c *crowd, s *socket, data []byte) ([]byte, error) {
	opened := func() error {
		resume := ""
		if d.resume {
			resume = fmt.Sprintf(`,"resume":{"%s":%d}`, d.setup.rooms[s.room], s.seq)
		}
		return c.loop.send(s, text(`{"id":%d,"connect":{"token":"%s"%s}}`, connectID, d.setup.tokens[s.member], resume))
	}
	return webSocket(c, s, data, func(payload []byte) error { return d.objects(c, s, payload) }, opened)
}

func (d *chat) objects(c *crowd, s *socket, payload []byte) error {
	for len(payload) > 0 {
		object := payload
		if end := bytes.IndexByte(payload, '\n'); end >= 0 {
			object, payload = payload[:end], payload[end+1:]
		} else {
			payload = nil
		}
		var err error
		switch {
		case bytes.HasPrefix(object, pushStart):
			err = d.events(c, s, object)
		case bytes.HasPrefix(object, connected):
			c.joined(s)
		case bytes.HasPrefix(object, replyStart):
			err = d.reply(c, object)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (d *chat) events(c *crowd, s *socket, push []byte) error {
	at := bytes.Index(push, seqKey)
	for at >= 0 {
		push = push[at+len(seqKey):]
		seq, _ := number(push)
		if s.seq != 0 && seq != s.seq+1 {
			return fmt.Errorf("member %d of room %d got event %d after %d", s.member, s.room, seq, s.seq)
		}
		s.seq = seq
		at = bytes.Index(push, seqKey)
		event := push
		if at >= 0 {
			event = push[:at]
		}
		if due, _, ok := stamp(event); ok {
			c.delivered(s, due)
		}
	}
	return nil
}

// reply takes the answer to a send, whose id says when it was due.
func (d *chat) reply(c *crowd, object []byte) error {
	id, rest := number(object[len(replyStart):])
	if !bytes.HasPrefix(rest, append([]byte{','}, sendKey...)) {
		c.refusals++
		c.refusal = string(object)
		return nil
	}
	c.acknowledged(time.Duration(id) * time.Microsecond)
	return nil
}

func (d *chat) post(s *socket, message string, due time.Duration) []byte {
	// Not two of one socket in the same microsecond.
	s.id = max(due.Microseconds(), s.id+1)
	return text(`{"id":%d,"send":{"room":"%s","clientMessageId":"%d","text":"%s"}}`, s.id, d.setup.rooms[s.room], s.id, message)
}

func number(data []byte) (n uint64, rest []byte) {
	for i, b := range data {
		if b < '0' || b > '9' {
			return n, data[i:]
		}
		n = n*10 + uint64(b-'0')
	}
	return n, nil
}
