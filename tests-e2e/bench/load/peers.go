package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"time"
)

// socketIO speaks Engine.IO 4 and Socket.IO 5 over a WebSocket.
type socketIO struct{}

func (socketIO) greet(_ *socket, address string) []byte {
	return upgrade(address, "/socket.io/?EIO=4&transport=websocket", "")
}

func (socketIO) take(c *crowd, s *socket, data []byte) ([]byte, error) {
	return webSocket(c, s, data, func(packet []byte) error {
		switch {
		case bytes.HasPrefix(packet, []byte(`0{`)):
			return c.loop.send(s, text("40"))
		case bytes.HasPrefix(packet, []byte(`40`)):
			return c.loop.send(s, text(`42["join","room%d"]`, s.room))
		case bytes.HasPrefix(packet, []byte(`42["joined"`)):
			c.joined(s)
		case bytes.Equal(packet, []byte(`2`)):
			return c.loop.send(s, text("3"))
		default:
			if due, _, ok := stamp(packet); ok {
				c.delivered(s, due)
			}
		}
		return nil
	}, nil)
}

func (socketIO) post(s *socket, message string, _ time.Duration) []byte {
	return text(`42["message","room%d","%s"]`, s.room, message)
}

// xmpp speaks XMPP over a WebSocket (RFC 7395), signs in anonymously and joins a multi-user chat.
type xmpp struct{}

const xmppDomain = "bench"

func (xmpp) greet(_ *socket, address string) []byte {
	return upgrade(address, "/ws", "xmpp")
}

func (x xmpp) take(c *crowd, s *socket, data []byte) ([]byte, error) {
	open := func() error {
		return c.loop.send(s, text(`<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" to="%s" version="1.0"/>`, xmppDomain))
	}
	return webSocket(c, s, data, func(stanza []byte) error {
		switch {
		case s.ready:
			if due, _, ok := stamp(stanza); ok {
				c.delivered(s, due)
			}
		case bytes.Contains(stanza, []byte("<mechanism>")):
			return c.loop.send(s, text(`<auth xmlns="urn:ietf:params:xml:ns:xmpp-sasl" mechanism="ANONYMOUS"/>`))
		case bytes.HasPrefix(stanza, []byte("<success")):
			return open()
		case bytes.Contains(stanza, []byte("xmpp-bind")) && bytes.Contains(stanza, []byte("features")):
			return c.loop.send(s, text(`<iq type="set" id="bind"><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/></iq>`))
		case bytes.Contains(stanza, []byte("<jid>")):
			return c.loop.send(s, text(`<presence to="room%d@conference.%s/m%d"><x xmlns="http://jabber.org/protocol/muc">`+
				`<history maxstanzas="0"/></x></presence>`, s.room, xmppDomain, s.member))
		case bytes.Contains(stanza, []byte("<subject")):
			c.joined(s)
		case bytes.Contains(stanza, []byte(`type='error'`)) || bytes.HasPrefix(stanza, []byte("<failure")):
			return fmt.Errorf("ejabberd refuses: %s", stanza)
		}
		return nil
	}, open)
}

func (xmpp) post(s *socket, message string, due time.Duration) []byte {
	return text(`<message type="groupchat" id="%d" to="room%d@conference.%s"><body>%s</body></message>`,
		due.Microseconds(), s.room, xmppDomain, message)
}

// raw speaks to the raw limit: blocks of a fixed size, handed out to the room's connections as they are.
type raw struct{}

const rawSize = 300

func (raw) greet(s *socket, _ string) []byte {
	return binary.BigEndian.AppendUint32(nil, uint32(s.room))
}

func (raw) take(c *crowd, s *socket, data []byte) ([]byte, error) {
	if !s.ready && len(data) > 0 {
		// One byte says that the room is known.
		c.joined(s)
		data = data[1:]
	}
	for len(data) >= rawSize {
		if due, _, ok := stamp(data[:rawSize]); ok {
			c.delivered(s, due)
		}
		data = data[rawSize:]
	}
	return data, nil
}

func (raw) post(_ *socket, message string, _ time.Duration) []byte {
	block := make([]byte, rawSize)
	copy(block, message)
	return block
}
