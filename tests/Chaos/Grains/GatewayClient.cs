using System.Buffers.Binary;
using System.Text;
using Actors.Zmtp;

namespace Chaos.Grains;

/// <summary>The DEALER sockets of a client, one for each gateway, on a thread of their own.</summary>
internal sealed class GatewayClient : IDisposable
{
    private static readonly string[] Refusals = ["", "overloaded", "no-node", "timeout", "fenced"];

    private readonly ZmqPoller _poller = [];
    private readonly List<DealerSocket> _sockets = [];
    private readonly ZmqQueue<(DealerSocket Socket, ReadOnlyMemory<byte>[] Frames)> _requests = new();
    private readonly Action<ulong, Answer> _answered;
    private readonly ClientId _client;

    /// <param name="client">Its id.</param>
    /// <param name="endpoints">Of the gateways.</param>
    /// <param name="answered">Told the number of a call and what came of a try of it, on the thread of the sockets.</param>
    public GatewayClient(ClientId client, IEnumerable<string> endpoints, Action<ulong, Answer> answered)
    {
        (_client, _answered) = (client, answered);
        foreach (var endpoint in endpoints)
        {
            var socket = new DealerSocket();
            socket.Options.Linger = TimeSpan.Zero;
            socket.Options.ReconnectInterval = TimeSpan.FromMilliseconds(50);
            socket.ReceiveReady += (_, _) => Receive(socket);
            socket.Connect(endpoint);
            _sockets.Add(socket);
            _poller.Add(socket);
            Ways.Add(new Way(this, socket, endpoint));
        }
        _requests.ReceiveReady += (_, _) =>
        {
            // One that the socket does not take is tried again, as one that is lost.
            while (_requests.TryDequeue(out var request, TimeSpan.Zero)) request.Socket.TrySend(request.Frames);
        };
        _poller.Add(_requests);
        _poller.RunAsync("gateway client");
    }

    /// <summary>A way for each gateway.</summary>
    public List<ICallWay> Ways { get; } = [];

    public void Dispose()
    {
        _poller.Stop();
        foreach (var socket in _sockets) socket.Dispose();
        _requests.Dispose();
        _poller.Dispose();
    }

    private void Receive(DealerSocket socket)
    {
        var frames = new List<byte[]>();
        while (socket.TryReceive(out var frame, out var more))
        {
            frames.Add(frame);
            if (more) continue;
            Take(frames);
            frames.Clear();
        }
    }

    private void Take(List<byte[]> frames)
    {
        if (frames.Count < 4 || frames[0].Length != 28 || frames[1].Length != 0)
            throw new ViolationException($"a gateway sent {string.Join(" ", frames.Select(Convert.ToHexString))}: expected a reply or a refusal of docs/protocols/grains.md");
        var number = BinaryPrimitives.ReadUInt64BigEndian(frames[0].AsSpan(20));
        var first = frames[2][0];
        if (frames[0][2] == (byte)'X')
        {
            var code = first < Refusals.Length ? Refusals[first] : "failed";
            _answered(number, new Answer(null, code, Text(frames[3]), MayTryAgain: true));
        }
        else if (first == 0)
        {
            _answered(number, new Answer(Text(frames[3])));
        }
        else
        {
            _answered(number, new Answer(null, Text(frames[3]), Text(frames[4])));
        }
    }

    private static string Text(byte[] frame) => Encoding.UTF8.GetString(frame);

    private sealed class Way(GatewayClient client, DealerSocket socket, string endpoint) : ICallWay
    {
        public string Name => $"gateway {endpoint}";

        public void Send(ulong number, string key, TimeSpan time) => client._requests.Enqueue(
            (socket, [client._client.RequestId(number), Array.Empty<byte>(), ClientId.CallFrame("counter", key, "Add", time), "[1]"u8.ToArray()]));
    }
}
