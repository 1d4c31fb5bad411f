using System.Globalization;
using Actors.Zmtp.Tests.BytePeer;
using Actors.Zmtp.Tests.Interop;

namespace Actors.Zmtp.Tests.Conformance;

/// <summary>A bound socket of this engine or of libzmq, which a script of octets does not tell apart.</summary>
internal sealed class EngineUnderTest : IDisposable
{
    private readonly ZmqSocket? _ours;
    private readonly PythonPeer? _theirs;
    private readonly int _port;

    public EngineUnderTest(string type, bool libzmq)
    {
        if (libzmq)
        {
            _theirs = PythonPeer.Start(type);
            if (type == "SUB")
                _theirs.Set("SUBSCRIBE", "-");
            var endpoint = _theirs.Bind();
            _port = int.Parse(endpoint.AsSpan(endpoint.LastIndexOf(':') + 1), CultureInfo.InvariantCulture);
        }
        else
        {
            _ours = SocketKinds.Create(type);
            _port = _ours.BindRandomPort("tcp://127.0.0.1");
        }
    }

    /// <summary>A peer that has exchanged greetings with the engine, in which the padding may be anything.</summary>
    public RawPeer Greeted()
    {
        var peer = RawPeer.ConnectTo(_port);
        peer.Send(RawPeer.FirstPart + RawPeer.SecondPart);
        var greeting = peer.Read(64);
        greeting.AsSpan(1, 8).Clear();
        Assert.Equal(Protocol.Octets.Vector(RawPeer.FirstPart + RawPeer.SecondPart), Protocol.Octets.Hex(greeting));
        return peer;
    }

    /// <summary>A peer that has shaken hands, and the body of the engine's READY.</summary>
    public RawPeer Handshaken(string peerType, out byte[] ready, string identity = "")
    {
        var peer = Greeted();
        peer.SendReady(peerType, identity);
        (var flags, ready) = peer.ReadFrame();
        Assert.Equal(0x04, flags);
        Assert.Equal("\u0005READY"u8.ToArray(), ready[..6]);
        return peer;
    }

    public void Send(string frames)
    {
        if (_ours is not null)
            Expect.Sent(_ours, frames);
        else
            _theirs!.Send(frames);
    }

    public string Receive() => _ours is not null ? Expect.Message(_ours) : _theirs!.Receive();

    public void Dispose()
    {
        _ours?.Dispose();
        _theirs?.Dispose();
    }
}
