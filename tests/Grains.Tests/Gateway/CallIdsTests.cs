using System.Buffers.Binary;
using System.Security.Cryptography;
using Actors;
using Actors.Grains;
using Actors.Grains.Gateway;
using FsCheck.Xunit;

namespace Grains.Tests.Gateway;

/// <summary>The ids of calls, docs/protocols/grains.md, section 6.</summary>
public sealed class CallIdsTests
{
    [Fact]
    public void The_documented_example_holds()
    {
        var client = new Guid(CallWriter.Client, bigEndian: true);
        Assert.Equal("5dfbabeedf318bf33c0927c43d7630fc", Of(client, 7).ToString());
    }

    [Property]
    public void All_gateways_make_the_same_id_and_the_numbers_of_a_client_follow_each_other(Guid client, ulong number)
    {
        var octets = new byte[16];
        client.TryWriteBytes(octets, bigEndian: true, out _);
        var hash = BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(octets));
        var id = new byte[16];
        Of(client, number).Write(id);
        Assert.Equal(hash + number, BinaryPrimitives.ReadUInt128BigEndian(id));
    }

    [Fact]
    public void Neighbouring_clients_do_not_meet()
    {
        var seen = new HashSet<CallId>();
        for (var client = 0; client < 100; client++)
        {
            var octets = new byte[16];
            octets[15] = (byte)client;
            for (var number = 0ul; number < 100; number++) Assert.True(seen.Add(Of(new Guid(octets, bigEndian: true), number)));
        }
    }

    [Fact]
    public void Clients_that_share_a_connection_are_told_apart()
    {
        var ids = default(CallIds);
        var (one, other) = (Guid.NewGuid(), Guid.NewGuid());
        var first = ids.Of(new RequestId(one, 1));
        Assert.NotEqual(first, ids.Of(new RequestId(other, 1)));
        Assert.Equal(first, ids.Of(new RequestId(one, 1)));
    }

    private static CallId Of(Guid client, ulong number) => default(CallIds).Of(new RequestId(client, number));
}
