/* Clients of a gateway to grains: REQ with one call in flight, DEALER with many, in the bare form of a call. */

#include "peer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Round trips whose time is kept for the percentile. */
enum { MOST_TIMES = 1 << 20 };

/* Calls that a DEALER has under way. */
enum { IN_FLIGHT = 64 };

struct caller {
    void *socket;
    size_t keys;
    size_t next;
    double *times;
    long count;
};

static void send_frame(void *socket, const char *text, int flags)
{
    if (zmq_send(socket, text, strlen(text), flags) < 0)
        fail("send");
}

static void send_call(struct caller *caller)
{
    char key[32];
    snprintf(key, sizeof key, "key-%zu", caller->next);
    caller->next = (caller->next + 1) % caller->keys;
    send_frame(caller->socket, "counter", ZMQ_SNDMORE);
    send_frame(caller->socket, key, ZMQ_SNDMORE);
    send_frame(caller->socket, "Add", ZMQ_SNDMORE);
    send_frame(caller->socket, "[1]", 0);
}

/* The code and the result. */
static void receive_reply(struct caller *caller)
{
    char code[1], result[1024];
    receive(caller->socket, code, 1);
    int length = zmq_recv(caller->socket, result, sizeof result, 0);
    if (length < 0)
        fail("recv");
    if (code[0] != 0) {
        fprintf(stderr, "wire_peer: a call has failed: %.*s\n", length, result);
        exit(1);
    }
}

static int ascending(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return a < b ? -1 : a > b;
}

/* In microseconds, of the last count times. */
static double percentile99(struct caller *caller, long count)
{
    if (count > caller->count || count > MOST_TIMES)
        count = caller->count < MOST_TIMES ? caller->count : MOST_TIMES;
    double *times = malloc(count * sizeof *times);
    for (long i = 0; i < count; i++)
        times[i] = caller->times[(caller->count - count + i) % MOST_TIMES];
    qsort(times, count, sizeof *times, ascending);
    return times[count * 99 / 100] * 1e6;
}

static long request_some(void *state)
{
    struct caller *caller = state;
    double before = now();
    for (int i = 0; i < INTERVAL; i++) {
        send_call(caller);
        receive_reply(caller);
        double after = now();
        caller->times[caller->count++ % MOST_TIMES] = after - before;
        before = after;
    }
    return INTERVAL;
}

void run_grain_req(const struct work *work)
{
    struct caller caller = { open_socket(ZMQ_REQ), work->size, 0, malloc(MOST_TIMES * sizeof(double)), 0 };
    connect_to(caller.socket, work->endpoint);
    long messages;
    double seconds;
    measure(work, request_some, &caller, &messages, &seconds);
    result(messages, seconds, percentile99(&caller, messages));
    pause();
}

/* A DEALER sends the delimiter itself, and gets it back. */
static void send_delimited(struct caller *caller)
{
    send_frame(caller->socket, "", ZMQ_SNDMORE);
    send_call(caller);
}

static long call_some(void *state)
{
    struct caller *caller = state;
    char delimiter[1];
    for (int i = 0; i < INTERVAL; i++) {
        receive(caller->socket, delimiter, 0);
        receive_reply(caller);
        send_delimited(caller);
    }
    return INTERVAL;
}

void run_grain_dealer(const struct work *work)
{
    struct caller caller = { open_socket(ZMQ_DEALER), work->size, 0, NULL, 0 };
    connect_to(caller.socket, work->endpoint);
    for (int i = 0; i < IN_FLIGHT; i++)
        send_delimited(&caller);
    long messages;
    double seconds;
    measure(work, call_some, &caller, &messages, &seconds);
    result(messages, seconds, 0);
    pause();
}
