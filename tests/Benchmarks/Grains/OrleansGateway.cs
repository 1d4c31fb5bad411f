using System.Globalization;
using System.Text;
using System.Text.Json;
using NetMQ;
using NetMQ.Sockets;
using Orleans;

namespace Benchmarks.Grains;

/// <summary>
/// What a user of Orleans would write to have its grains called over ZeroMQ: a ROUTER in a poller, calls that are started and not
/// awaited, and replies through a queue of the poller.
/// </summary>
internal sealed class OrleansGateway : IDisposable
{
    private const int IdDelimiterAndCall = 6;

    private readonly IGrainFactory _grains;
    private readonly RouterSocket _router = new();
    private readonly NetMQQueue<NetMQMessage> _replies = new();
    private readonly NetMQPoller _poller;

    public OrleansGateway(IGrainFactory grains)
    {
        _grains = grains;
        Endpoint = $"tcp://127.0.0.1:{_router.BindRandomPort("tcp://127.0.0.1").ToString(CultureInfo.InvariantCulture)}";
        _router.ReceiveReady += (_, _) => Receive();
        _replies.ReceiveReady += (_, _) => Reply();
        _poller = [_router, _replies];
        _poller.RunAsync("gateway");
    }

    public string Endpoint { get; }

    public void Dispose()
    {
        _poller.Dispose();
        _replies.Dispose();
        _router.Dispose();
    }

    private void Receive()
    {
        NetMQMessage? request = null;
        while (_router.TryReceiveMultipartMessage(ref request, IdDelimiterAndCall))
        {
            _ = Answer(request!);
            request = null;
        }
    }

    private void Reply()
    {
        while (_replies.TryDequeue(out var reply, TimeSpan.Zero)) _router.SendMultipartMessage(reply);
    }

    private async Task Answer(NetMQMessage request)
    {
        var reply = new NetMQMessage(4);
        reply.Append(request[0]);
        reply.AppendEmptyFrame();
        try
        {
            var result = await Call(request[2].ConvertToString(), request[3].ConvertToString(Encoding.UTF8), request[4].ConvertToString(), request[5]).ConfigureAwait(false);
            reply.Append(new NetMQFrame([0]));
            reply.Append(JsonSerializer.SerializeToUtf8Bytes(result));
        }
        catch (Exception failure)
        {
            reply.Append(new NetMQFrame([1]));
            reply.Append("failed");
            reply.Append(failure.Message);
        }
        _replies.Enqueue(reply);
    }

    private Task<long> Call(string kind, string key, string method, NetMQFrame arguments)
    {
        if (kind != "counter") throw new ArgumentException($"unknown kind {kind}");
        var counter = _grains.GetGrain<IOrleansCounter>(key);
        return method switch
        {
            "Add" => counter.Add(JsonSerializer.Deserialize<long[]>(arguments.Buffer.AsSpan(0, arguments.MessageSize))![0]),
            "Get" => counter.Get(),
            _ => throw new ArgumentException($"unknown method {method}"),
        };
    }
}
