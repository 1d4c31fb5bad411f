#include "peer.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

void fail(const char *what)
{
    fprintf(stderr, "wire_peer: %s: %s\n", what, zmq_strerror(zmq_errno()));
    exit(1);
}

double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static void *wait_for_line(void *unused)
{
    (void)unused;
    char c;
    while (read(0, &c, 1) > 0 && c != '\n')
        ;
    _exit(0);
}

void stop_with_input(void)
{
    pthread_t input;
    if (pthread_create(&input, NULL, wait_for_line, NULL) != 0)
        fail("thread");
}

void *open_socket(int type)
{
    void *context = zmq_ctx_new();
    void *socket = context ? zmq_socket(context, type) : NULL;
    if (!socket)
        fail("socket");
    return socket;
}

void bind_and_tell(void *socket, const char *wanted)
{
    char endpoint[256];
    size_t length = sizeof endpoint;
    if (zmq_bind(socket, wanted) != 0 || zmq_getsockopt(socket, ZMQ_LAST_ENDPOINT, endpoint, &length) != 0)
        fail("bind");
    printf("endpoint %s\n", endpoint);
    fflush(stdout);
}

void connect_to(void *socket, const char *endpoint)
{
    if (zmq_connect(socket, endpoint) != 0)
        fail("connect");
}

void set_int(void *socket, int option, int value)
{
    if (zmq_setsockopt(socket, option, &value, sizeof value) != 0)
        fail("option");
}

void receive(void *socket, char *buffer, size_t size)
{
    if (zmq_recv(socket, buffer, size, 0) != (int)size)
        fail("recv");
}

void send_one(void *socket, const char *buffer, size_t size)
{
    if (zmq_send(socket, buffer, size, 0) != (int)size)
        fail("send");
}

void measure(const struct work *work, step_function step, void *state, long *messages, double *seconds)
{
    step(state);
    double end = now() + work->warmup;
    while (now() < end)
        step(state);

    double began = now();
    *messages = 0;
    do {
        *messages += step(state);
        *seconds = now() - began;
    } while (*seconds < work->duration);
}

void result(long messages, double seconds, double extra)
{
    printf("result %ld %.9f 0 %.3f\n", messages, seconds, extra);
    fflush(stdout);
}
