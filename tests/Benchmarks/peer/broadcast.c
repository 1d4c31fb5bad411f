/* XPUB to XSUB without a drop: after each BATCH that all subscribers have, one of them sends a message upstream, and the
   publisher is never more than WINDOW batches ahead. A dropped message would bring both to a stand. */

#include "peer.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { BATCH = 64, WINDOW = 8 };

struct publisher {
    void *socket;
    char *buffer;
    size_t size;
    int subscribers;
    long batches;
    long acknowledged;
};

static void await_subscriptions(struct publisher *publisher)
{
    char frame[64];
    for (int i = 0; i < publisher->subscribers; i++)
        if (zmq_recv(publisher->socket, frame, sizeof frame, 0) < 0)
            fail("recv");
}

/* Returns what the subscribers get. */
static long publish_batch(void *state)
{
    struct publisher *publisher = state;
    char frame[64];
    while (publisher->batches - publisher->acknowledged >= WINDOW) {
        if (zmq_recv(publisher->socket, frame, sizeof frame, 0) < 0)
            fail("recv");
        publisher->acknowledged++;
    }
    for (int i = 0; i < BATCH; i++)
        send_one(publisher->socket, publisher->buffer, publisher->size);
    publisher->batches++;
    return (long)BATCH * publisher->subscribers;
}

static struct publisher open_publisher(const struct work *work)
{
    struct publisher publisher = { open_socket(ZMQ_XPUB), calloc(1, work->size), work->size, work->count, 0, 0 };
    set_int(publisher.socket, ZMQ_XPUB_VERBOSE, 1);
    set_int(publisher.socket, ZMQ_BACKLOG, work->count);
    bind_and_tell(publisher.socket, work->endpoint);
    return publisher;
}

void run_pub(const struct work *work)
{
    struct publisher publisher = open_publisher(work);
    await_subscriptions(&publisher);
    for (;;)
        publish_batch(&publisher);
}

struct subscribers {
    void **sockets;
    int count;
    char *buffer;
    size_t size;
};

static long take_batch(void *state)
{
    struct subscribers *all = state;
    for (int s = 0; s < all->count; s++)
        for (int i = 0; i < BATCH; i++)
            receive(all->sockets[s], all->buffer, all->size);
    send_one(all->sockets[0], "A", 1);
    return (long)BATCH * all->count;
}

void run_sub(const struct work *work)
{
    void *context = zmq_ctx_new();
    struct subscribers all = { calloc(work->count, sizeof(void *)), work->count, malloc(work->size), work->size };
    for (int s = 0; s < all.count; s++) {
        if (!(all.sockets[s] = zmq_socket(context, ZMQ_XSUB)))
            fail("socket");
        connect_to(all.sockets[s], work->endpoint);
        send_one(all.sockets[s], "\1", 1);
    }
    long messages;
    double seconds;
    measure(work, take_batch, &all, &messages, &seconds);
    result(messages, seconds, 0);
    pause();
}

/* In bytes; the pages of this process that are in memory. */
static double resident(void)
{
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file || fscanf(file, "%*d %ld", &pages) != 1)
        fail("statm");
    fclose(file);
    return (double)pages * sysconf(_SC_PAGESIZE);
}

/* Measures the publisher itself: the memory of a connection, and how fast it serves them all. */
void run_fan_out(const struct work *work)
{
    struct publisher publisher = open_publisher(work);
    double before = resident();
    await_subscriptions(&publisher);
    double connection = (resident() - before) / work->count;
    long messages;
    double seconds;
    measure(work, publish_batch, &publisher, &messages, &seconds);
    result(messages, seconds, connection);
    pause();
}
