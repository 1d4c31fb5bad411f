/* Many subscribers in one thread, over plain TCP connections that speak just enough of ZMTP 3.0 (RFC 23): greeting, READY
   of a SUB, a subscription to everything. They read and count octets; each time that all of them together have read
   another BATCH of messages, the first sends a message upstream. The same program serves both publishers.

   raw_subscribers subscribers ENDPOINT SIZE COUNT */

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BATCH = 64, GREETING = 64, EVENTS = 256, CHUNK = 1 << 16 };

/* A publisher answers the greeting with its own and its READY, which are no messages. */
struct connection {
    int fd;
    long skip;
    int ready_seen;
    unsigned char head[GREETING + 2];
};

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static const char greeting[] =
    "\xff\0\0\0\0\0\0\0\1\x7f\3\0" "NULL\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";

/* READY, and the subscription as a message. libzmq wants them after its own greeting. */
static const char ready_and_subscribe[] =
    "\4\x19\5READY\x0bSocket-Type\0\0\0\3SUB"
    "\0\1\1";

static int open_connection(const struct sockaddr_in *address)
{
    int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    if (fd < 0 || connect(fd, (const struct sockaddr *)address, sizeof *address) != 0)
        fail("connect");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (write(fd, greeting, sizeof greeting - 1) != (ssize_t)sizeof greeting - 1)
        fail("write");
    if (fcntl(fd, F_SETFL, O_NONBLOCK) != 0)
        fail("fcntl");
    return fd;
}

/* How many of the octets belong to messages. */
static long payload(struct connection *connection, const unsigned char *data, long length)
{
    while (length > 0 && !connection->ready_seen) {
        connection->head[connection->skip++] = *data++;
        length--;
        if (connection->skip == GREETING && write(connection->fd, ready_and_subscribe, sizeof ready_and_subscribe - 1) < 0)
            fail("write");
        if (connection->skip == GREETING + 2) {
            /* The head of READY: flags and its length, which is still to come. */
            connection->ready_seen = 1;
            connection->skip = connection->head[GREETING + 1];
        }
    }
    long skipped = connection->skip < length ? connection->skip : length;
    if (connection->ready_seen) {
        connection->skip -= skipped;
        length -= skipped;
    }
    return length;
}

int main(int argc, char **argv)
{
    int port = 0;
    if (argc != 5 || sscanf(argv[2], "tcp://127.0.0.1:%d", &port) != 1) {
        fprintf(stderr, "usage: raw_subscribers subscribers tcp://127.0.0.1:PORT SIZE COUNT\n");
        return 2;
    }
    long frame = atol(argv[3]) + 2;
    int count = atoi(argv[4]);
    struct rlimit files = { count + 64, count + 64 };
    if (setrlimit(RLIMIT_NOFILE, &files) != 0)
        fail("setrlimit");

    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    struct connection *connections = calloc(count, sizeof *connections);
    int poll = epoll_create1(0);
    for (int i = 0; i < count; i++) {
        connections[i].fd = open_connection(&address);
        struct epoll_event event = { .events = EPOLLIN, .data.u32 = i };
        if (epoll_ctl(poll, EPOLL_CTL_ADD, connections[i].fd, &event) != 0)
            fail("epoll_ctl");
    }
    struct epoll_event input = { .events = EPOLLIN, .data.u32 = count };
    epoll_ctl(poll, EPOLL_CTL_ADD, 0, &input);

    static unsigned char data[CHUNK];
    long taken = 0, batch = (long)BATCH * frame * count, next = batch;
    for (;;) {
        struct epoll_event events[EVENTS];
        int ready = epoll_wait(poll, events, EVENTS, -1);
        for (int e = 0; e < ready; e++) {
            if (events[e].data.u32 == (unsigned)count)
                return 0;
            struct connection *connection = &connections[events[e].data.u32];
            ssize_t length = read(connection->fd, data, sizeof data);
            if (length == 0 || (length < 0 && errno != EAGAIN))
                return 0;
            if (length > 0)
                taken += payload(connection, data, length);
        }
        for (; taken >= next; next += batch)
            if (write(connections[0].fd, "\0\1A", 3) != 3)
                fail("write");
    }
}
