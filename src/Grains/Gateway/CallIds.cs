using System.Security.Cryptography;

namespace Actors.Grains.Gateway;

/// <summary>Makes the ids of calls from the ids of requests: docs/protocols/grains.md, section 6. One instance a connection.</summary>
/// <remarks>
/// All gateways make the same id, so that a repeat may go to any. The client's part is hashed, so that ids of clients which were not chosen
/// at random, as neighbours are, lie as far apart as others.
/// </remarks>
internal struct CallIds
{
    private Guid _client;
    private UInt128 _base;
    private bool _isKnown;

    /// <summary>The id of the call that a request makes.</summary>
    public CallId Of(RequestId request)
    {
        if (!_isKnown || request.Client != _client) Hash(request.Client);
        var id = _base + request.Number;
        // All zero means that a call has no id.
        return id == UInt128.Zero ? new CallId(0, ulong.MaxValue) : new CallId((ulong)(id >> 64), (ulong)id);
    }

    private void Hash(Guid client)
    {
        Span<byte> octets = stackalloc byte[16];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        client.TryWriteBytes(octets, bigEndian: true, out _);
        SHA256.HashData(octets, hash);
        (_client, _isKnown) = (client, true);
        var first = CallId.Read(hash);
        _base = new UInt128(first.High, first.Low);
    }
}
