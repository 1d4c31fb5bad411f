using System.Security.Cryptography;

namespace Actors.Zmtp.Tests.Interop;

public class PayloadInteropTests
{
    private const int Large = 100 * 1024 * 1024;

    [SkippableTheory]
    [InlineData("-")]
    [InlineData("00")]
    [InlineData(",")]
    [InlineData(",,00ff,")]
    public void Frames_of_any_kind_pass_both_ways(string frames)
    {
        using var theirs = PythonPeer.Start("PAIR");
        using var ours = new PairSocket();
        Link.Up(ours, theirs, weBind: true);
        Expect.Sent(ours, frames);
        Assert.Equal(frames, theirs.Receive());
        theirs.Send(frames);
        Expect.Message(ours, frames);
    }

    [SkippableTheory]
    [InlineData(254)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(8191)]
    [InlineData(8192)]
    [InlineData(65535)]
    [InlineData(65536)]
    [InlineData(1_000_003)]
    public void Frames_of_any_length_pass_both_ways(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        using var theirs = PythonPeer.Start("PAIR");
        using var ours = new PairSocket();
        Link.Up(ours, theirs, weBind: false);
        theirs.Begin("echo 2");
        var hex = $"{Convert.ToHexStringLower(bytes)},{Convert.ToHexStringLower(bytes)}";
        Expect.Sent(ours, hex);
        Expect.Sent(ours, "01");
        Expect.Message(ours, hex);
        Expect.Message(ours, "01");
        theirs.Finish("echo 2");
    }

    [SkippableFact]
    public void A_message_of_100_MB_arrives_there()
    {
        using var theirs = PythonPeer.Start("PULL");
        using var ours = new PushSocket();
        Link.Up(ours, theirs, weBind: true);
        var bytes = new byte[Large];
        new Random(1).NextBytes(bytes);
        theirs.Begin("recv-digest");
        ours.SendFrame(bytes);
        Assert.Equal($"{Large} {Convert.ToHexStringLower(SHA256.HashData(bytes))}", theirs.Answer("recv-digest"));
    }

    [SkippableFact]
    public void A_message_of_100_MB_arrives_here()
    {
        using var theirs = PythonPeer.Start("PUSH");
        using var ours = new PullSocket();
        Link.Up(ours, theirs, weBind: true);
        theirs.Begin($"send-zeros {Large}");
        Assert.True(ours.TryReceiveFrameBytes(Expect.Patience, out var bytes), "the message of 100 MB did not come");
        Assert.Equal(Large, bytes.Length);
        Assert.Equal(-1, bytes.AsSpan().IndexOfAnyExcept((byte)0));
    }
}
