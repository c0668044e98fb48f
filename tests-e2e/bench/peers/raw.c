/* The raw limit: hands out blocks of a fixed size to the connections of a room, one write each, and does nothing else.
   raw PORT. A connection begins with its room, four bytes; the answer is one byte. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

enum { BLOCK = 300, FDS = 65536, ROOMS = 16384, EVENTS = 256 };

struct connection {
    int room; /* -1 while it is not known */
    int next; /* of the same room; 0 is the end */
    int filled;
    char block[BLOCK];
};

static struct connection *connections[FDS];
static int first[ROOMS];

static void fail(const char *what) {
    perror(what);
    exit(1);
}

/* Waits where the kernel takes no more: a reader that slow does not occur here. */
static void write_all(int fd, const char *data, int length) {
    while (length > 0) {
        ssize_t n = write(fd, data, length);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return;
        data += n;
        length -= n;
    }
}

static void hand_out(struct connection *from) {
    for (int fd = first[from->room]; fd; fd = connections[fd]->next) write_all(fd, from->block, BLOCK);
}

static void join(int fd, struct connection *c) {
    int room;
    memcpy(&room, c->block, sizeof room);
    c->room = ntohl(room) % ROOMS;
    c->next = first[c->room];
    first[c->room] = fd;
    write_all(fd, "+", 1);
}

static void leave(int fd, struct connection *c) {
    if (c->room >= 0) {
        int *link = &first[c->room];
        while (*link != fd) link = &connections[*link]->next;
        *link = c->next;
    }
    connections[fd] = NULL;
    free(c);
    close(fd);
}

static void take(int fd) {
    struct connection *c = connections[fd];
    int whole = c->room < 0 ? 4 : BLOCK;
    ssize_t n = read(fd, c->block + c->filled, whole - c->filled);
    if (n <= 0) {
        leave(fd, c);
        return;
    }
    c->filled += n;
    if (c->filled < whole) return;
    c->filled = 0;
    if (c->room < 0) join(fd, c);
    else hand_out(c);
}

int main(int argc, char **argv) {
    int listener = socket(AF_INET, SOCK_STREAM, 0), epoll = epoll_create1(0), on = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(argc > 1 ? atoi(argv[1]) : 0)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, (struct sockaddr *) &address, sizeof address) || listen(listener, 4096)) fail("listen");
    struct epoll_event interest = {.events = EPOLLIN, .data.fd = listener}, events[EVENTS];
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &interest)) fail("epoll_ctl");
    for (;;) {
        int n = epoll_wait(epoll, events, EVENTS, -1);
        if (n < 0 && errno != EINTR) fail("epoll_wait");
        for (int i = 0; i < n; i++) {
            int fd = events[i].data.fd;
            if (fd != listener) {
                take(fd);
                continue;
            }
            fd = accept(listener, NULL, NULL);
            if (fd < 0 || fd >= FDS) continue;
            setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            connections[fd] = calloc(1, sizeof **connections);
            connections[fd]->room = -1;
            interest.data.fd = fd;
            if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &interest)) fail("epoll_ctl");
        }
    }
}
