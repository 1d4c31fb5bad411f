/* REQ and REP with one request in flight, DEALER and ROUTER with many. */

#include "peer.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Round trips whose time is kept for the percentile. */
enum { MOST_TIMES = 1 << 20 };

/* Messages that a DEALER has under way. */
enum { IN_FLIGHT = 64 };

struct requester {
    void *socket;
    char *buffer;
    size_t size;
    double *times;
    long count;
};

void run_rep(const struct work *work)
{
    void *socket = open_socket(ZMQ_REP);
    char *buffer = malloc(work->size);
    bind_and_tell(socket, work->endpoint);
    for (;;) {
        receive(socket, buffer, work->size);
        send_one(socket, buffer, work->size);
    }
}

static long request_some(void *state)
{
    struct requester *requester = state;
    double before = now();
    for (int i = 0; i < INTERVAL; i++) {
        send_one(requester->socket, requester->buffer, requester->size);
        receive(requester->socket, requester->buffer, requester->size);
        double after = now();
        requester->times[requester->count++ % MOST_TIMES] = after - before;
        before = after;
    }
    return INTERVAL;
}

static int ascending(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return a < b ? -1 : a > b;
}

/* In microseconds, of the last count times. */
static double percentile99(struct requester *requester, long count)
{
    if (count > requester->count || count > MOST_TIMES)
        count = requester->count < MOST_TIMES ? requester->count : MOST_TIMES;
    double *times = malloc(count * sizeof *times);
    for (long i = 0; i < count; i++)
        times[i] = requester->times[(requester->count - count + i) % MOST_TIMES];
    qsort(times, count, sizeof *times, ascending);
    return times[count * 99 / 100] * 1e6;
}

void run_req(const struct work *work)
{
    struct requester requester = { open_socket(ZMQ_REQ), calloc(1, work->size), work->size, malloc(MOST_TIMES * sizeof(double)), 0 };
    connect_to(requester.socket, work->endpoint);
    long messages;
    double seconds;
    measure(work, request_some, &requester, &messages, &seconds);
    result(messages, seconds, percentile99(&requester, messages));
    pause();
}

/* Sends each message back to the peer that it came from. */
void run_router(const struct work *work)
{
    void *socket = open_socket(ZMQ_ROUTER);
    bind_and_tell(socket, work->endpoint);
    char id[256];
    char *buffer = malloc(work->size);
    for (;;) {
        int length = zmq_recv(socket, id, sizeof id, 0);
        if (length < 0)
            fail("recv");
        receive(socket, buffer, work->size);
        if (zmq_send(socket, id, length, ZMQ_SNDMORE) != length)
            fail("send");
        send_one(socket, buffer, work->size);
    }
}

static long echo_some(void *state)
{
    struct requester *dealer = state;
    for (int i = 0; i < INTERVAL; i++) {
        receive(dealer->socket, dealer->buffer, dealer->size);
        send_one(dealer->socket, dealer->buffer, dealer->size);
    }
    return INTERVAL;
}

void run_dealer(const struct work *work)
{
    struct requester dealer = { open_socket(ZMQ_DEALER), calloc(1, work->size), work->size, NULL, 0 };
    connect_to(dealer.socket, work->endpoint);
    for (int i = 0; i < IN_FLIGHT; i++)
        send_one(dealer.socket, dealer.buffer, dealer.size);
    long messages;
    double seconds;
    measure(work, echo_some, &dealer, &messages, &seconds);
    result(messages, seconds, 0);
    pause();
}
