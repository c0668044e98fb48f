package main

import (
	"errors"
	"fmt"
	"net"
	"syscall"
	"time"
)

// socket is one client's connection.
type socket struct {
	fd      int
	member  int
	room    int
	pending []byte // the beginning of a frame whose rest has not come
	unsent  []byte
	step    int // how far the dialect's greeting is
	ready   bool
	seq     uint64 // the last sequence, where the dialect has one
	id      int64  // the last request's, where the dialect has one
}

// handler hears what happens on the sockets of a loop.
type handler interface {
	// received takes what came; the bytes are reused afterwards.
	received(s *socket, data []byte) error
	closed(s *socket) error
}

// loop drives all sockets from one thread: a load generator that shares its core with the stores has none to waste.
type loop struct {
	epoll   int
	sockets map[int32]*socket
	events  []syscall.EpollEvent
	buffer  []byte
	handler handler
}

func newLoop(handler handler) (*loop, error) {
	epoll, err := syscall.EpollCreate1(syscall.EPOLL_CLOEXEC)
	if err != nil {
		return nil, err
	}
	return &loop{
		epoll:   epoll,
		sockets: map[int32]*socket{},
		events:  make([]syscall.EpollEvent, 512),
		buffer:  make([]byte, 1<<18),
		handler: handler,
	}, nil
}

// dial connects; a loopback connection is there at once.
func (l *loop) dial(s *socket, address string) error {
	tcp, err := net.ResolveTCPAddr("tcp4", address)
	if err != nil {
		return err
	}
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return err
	}
	target := &syscall.SockaddrInet4{Port: tcp.Port}
	copy(target.Addr[:], tcp.IP.To4())
	if err := syscall.Connect(fd, target); err != nil {
		syscall.Close(fd)
		return fmt.Errorf("connect to %s: %w", address, err)
	}
	if err := errors.Join(
		syscall.SetsockoptInt(fd, syscall.IPPROTO_TCP, syscall.TCP_NODELAY, 1),
		syscall.SetNonblock(fd, true),
		syscall.EpollCtl(l.epoll, syscall.EPOLL_CTL_ADD, fd, &syscall.EpollEvent{Events: syscall.EPOLLIN, Fd: int32(fd)}),
	); err != nil {
		syscall.Close(fd)
		return err
	}
	s.fd = fd
	s.pending, s.unsent = nil, nil
	s.step, s.ready = 0, false
	l.sockets[int32(fd)] = s
	return nil
}

// send writes, or keeps what the kernel does not take for later.
func (l *loop) send(s *socket, data []byte) error {
	if len(s.unsent) > 0 {
		s.unsent = append(s.unsent, data...)
		return nil
	}
	n, err := syscall.Write(s.fd, data)
	if err == syscall.EAGAIN {
		n, err = 0, nil
	}
	if err != nil {
		return l.drop(s)
	}
	if n < len(data) {
		s.unsent = append(s.unsent, data[n:]...)
		return l.watch(s, syscall.EPOLLIN|syscall.EPOLLOUT)
	}
	return nil
}

func (l *loop) flush(s *socket) error {
	n, err := syscall.Write(s.fd, s.unsent)
	if err == syscall.EAGAIN {
		return nil
	}
	if err != nil {
		return l.drop(s)
	}
	s.unsent = s.unsent[n:]
	if len(s.unsent) == 0 {
		return l.watch(s, syscall.EPOLLIN)
	}
	return nil
}

func (l *loop) watch(s *socket, events uint32) error {
	return syscall.EpollCtl(l.epoll, syscall.EPOLL_CTL_MOD, s.fd, &syscall.EpollEvent{Events: events, Fd: int32(s.fd)})
}

// abandon closes the socket without a word, as a client does whose network is gone.
func (l *loop) abandon(s *socket) {
	delete(l.sockets, int32(s.fd))
	syscall.Close(s.fd)
	s.ready = false
}

func (l *loop) drop(s *socket) error {
	l.abandon(s)
	return l.handler.closed(s)
}

// turn handles what is there, waiting for at most the given time.
func (l *loop) turn(wait time.Duration) error {
	n, err := syscall.EpollWait(l.epoll, l.events, int(max(0, wait.Milliseconds())))
	if err == syscall.EINTR {
		return nil
	}
	if err != nil {
		return err
	}
	for _, event := range l.events[:n] {
		s := l.sockets[event.Fd]
		if s == nil {
			continue
		}
		if event.Events&syscall.EPOLLOUT != 0 {
			if err := l.flush(s); err != nil {
				return err
			}
		}
		if event.Events&^syscall.EPOLLOUT != 0 {
			if err := l.read(s); err != nil {
				return err
			}
		}
	}
	return nil
}

func (l *loop) read(s *socket) error {
	kept := copy(l.buffer, s.pending)
	if kept == len(l.buffer) {
		return fmt.Errorf("a frame of more than %d bytes", kept)
	}
	n, err := syscall.Read(s.fd, l.buffer[kept:])
	switch {
	case err == syscall.EAGAIN:
		return nil
	case err != nil || n == 0:
		return l.drop(s)
	}
	s.pending = s.pending[:0]
	return l.handler.received(s, l.buffer[:kept+n])
}
