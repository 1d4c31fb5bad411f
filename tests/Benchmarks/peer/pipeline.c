/* PUSH and PULL: over a connection, over one with CURVE, and between two threads. */

#include "peer.h"

#include <pthread.h>
#include <stdlib.h>

/* The test keys of libzmq's manual, zmq_curve(7). */
static const char server_public[] = "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7";
static const char server_secret[] = "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6";
static const char client_public[] = "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID";
static const char client_secret[] = "D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%cs";

struct puller {
    void *socket;
    char *buffer;
    size_t size;
};

static long pull_some(void *state)
{
    struct puller *puller = state;
    for (int i = 0; i < INTERVAL; i++)
        receive(puller->socket, puller->buffer, puller->size);
    return INTERVAL;
}

static void pull(const struct work *work, void *socket)
{
    struct puller puller = { socket, malloc(work->size), work->size };
    long messages;
    double seconds;
    measure(work, pull_some, &puller, &messages, &seconds);
    result(messages, seconds, 0);
    for (;;)
        pull_some(&puller);
}

static void push(const struct work *work, void *socket)
{
    char *buffer = calloc(1, work->size);
    for (;;)
        send_one(socket, buffer, work->size);
}

void run_pull(const struct work *work)
{
    void *socket = open_socket(ZMQ_PULL);
    bind_and_tell(socket, work->endpoint);
    pull(work, socket);
}

void run_push(const struct work *work)
{
    void *socket = open_socket(ZMQ_PUSH);
    connect_to(socket, work->endpoint);
    push(work, socket);
}

static void set_key(void *socket, int option, const char *key)
{
    if (zmq_setsockopt(socket, option, key, 41) != 0)
        fail("key");
}

void run_curve_pull(const struct work *work)
{
    void *socket = open_socket(ZMQ_PULL);
    set_int(socket, ZMQ_CURVE_SERVER, 1);
    set_key(socket, ZMQ_CURVE_SECRETKEY, server_secret);
    bind_and_tell(socket, work->endpoint);
    pull(work, socket);
}

void run_curve_push(const struct work *work)
{
    void *socket = open_socket(ZMQ_PUSH);
    set_key(socket, ZMQ_CURVE_SERVERKEY, server_public);
    set_key(socket, ZMQ_CURVE_PUBLICKEY, client_public);
    set_key(socket, ZMQ_CURVE_SECRETKEY, client_secret);
    connect_to(socket, work->endpoint);
    push(work, socket);
}

struct inproc_pusher {
    const struct work *work;
    void *socket;
};

static void *push_inproc(void *state)
{
    struct inproc_pusher *pusher = state;
    push(pusher->work, pusher->socket);
    return NULL;
}

void run_inproc(const struct work *work)
{
    void *context = zmq_ctx_new();
    void *sink = zmq_socket(context, ZMQ_PULL);
    struct inproc_pusher pusher = { work, zmq_socket(context, ZMQ_PUSH) };
    if (!sink || !pusher.socket)
        fail("socket");
    bind_and_tell(sink, work->endpoint);
    connect_to(pusher.socket, work->endpoint);
    pthread_t thread;
    if (pthread_create(&thread, NULL, push_inproc, &pusher) != 0)
        fail("thread");
    pull(work, sink);
}
