using Actors.Zmtp.Pipes;
using Actors.Zmtp.Protocol;
using Actors.Zmtp.Transports.WebSocket;

namespace Actors.Zmtp.Tests.WebSocket;

/// <summary>Encoder and decoder against each other, in pieces of any size, and the decoder against noise.</summary>
public class ZwsCodecTests
{
    private static readonly ZwsProtocol Null = new("ZWS2.0/NULL", "NULL", HasCommands: true);

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void What_is_encoded_in_pieces_is_decoded_in_others(int seed, bool masks)
    {
        var random = new Random(seed);
        byte[] zmtp = Frames(random);
        byte[] wire = Encode(random, zmtp, masks);
        Assert.Equal(Null.CreateGreeting().Concat(zmtp), Decode(random, wire, masks, out string? error));
        Assert.Null(error);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Damaged_octets_end_in_an_error_or_in_waiting_and_never_in_an_exception(int seed)
    {
        var random = new Random(seed);
        byte[] wire = Encode(random, Frames(random), masks: true);
        int errors = 0;
        for (int run = 0; run < 500; run++)
        {
            byte[] damaged = wire[random.Next(wire.Length / 2)..];
            for (int i = 0; i < 1 + run % 8; i++)
            {
                damaged[random.Next(Math.Min(damaged.Length, 4000))] = (byte)random.Next(256);
            }

            Decode(random, damaged, masks: true, out string? error);
            errors += error is null ? 0 : 1;
        }

        Assert.True(errors > 100, $"Of 500 damaged streams only {errors} were found out.");
    }

    [Fact]
    public void A_PONG_and_a_PING_wait_for_the_end_of_the_message_that_is_being_written()
    {
        OutputBuffer output = new();
        RecordingStream wire = new();
        ZwsEncoder encoder = new(Null, masks: false, output);
        encoder.Write([.. new byte[Greeting.Length], 0x00, 4, 0x61, 0x62]);
        encoder.WritePong([0x70]);
        encoder.WritePing();
        encoder.WritePong([0x71]);
        Assert.True(output.Flush(wire, out _));
        Assert.Equal("8205006162", Convert.ToHexStringLower([.. wire.Octets]));
        encoder.Write([0x63, 0x64]);
        Assert.True(output.Flush(wire, out _));
        Assert.Equal("82050061626364" + "8a0171" + "8900", Convert.ToHexStringLower([.. wire.Octets]));
    }

    private static byte[] Frames(Random random)
    {
        List<byte> octets = [];
        byte[] header = new byte[FrameHeader.MaxLength];
        foreach (int size in (int[])[0, 1, 124, 125, 126, 255, 256, 65_534, 65_535, 70_000, 200_000, 3])
        {
            byte[] body = new byte[size];
            random.NextBytes(body);
            bool command = size == 125;
            int length = FrameHeader.Write(header, command ? FrameFlags.Command : (byte)(size % 2), size);
            octets.AddRange(header[..length]);
            octets.AddRange(body);
        }

        return [.. octets];
    }

    private static byte[] Encode(Random random, byte[] zmtp, bool masks)
    {
        OutputBuffer output = new();
        RecordingStream wire = new();
        ZwsEncoder encoder = new(Null, masks, output);
        byte[] all = [.. new byte[Greeting.Length], .. zmtp];
        for (int done = 0; done < all.Length;)
        {
            done += encoder.Write(all.AsSpan(done, Math.Min(random.Next(1, 5000), all.Length - done)));
            if (random.Next(3) == 0 || output.Room < 100)
            {
                Assert.True(output.Flush(wire, out _));
            }
        }

        Assert.True(output.Flush(wire, out _));
        return [.. wire.Octets];
    }

    private static byte[] Decode(Random random, byte[] wire, bool masks, out string? error)
    {
        ZwsDecoder decoder = new(Null, expectsMasks: masks, maxMessageSize: -1, new NoControl(), received: default);
        List<byte> result = [];
        byte[] target = new byte[5000];
        int fed = 0;
        while (true)
        {
            int count = decoder.Read(target.AsSpan(0, random.Next(1, target.Length)));
            result.AddRange(target[..count]);
            if (count > 0)
            {
                continue;
            }

            if (fed == wire.Length || decoder.Error is not null || decoder.IsClosed)
            {
                error = decoder.Error;
                return [.. result];
            }

            fed += Feed(decoder, wire.AsSpan(fed), random, result);
        }
    }

    private static int Feed(ZwsDecoder decoder, ReadOnlySpan<byte> wire, Random random, List<byte> result)
    {
        if (decoder.WantsBody && random.Next(2) == 0)
        {
            byte[] body = wire[..Math.Min(decoder.BodyLeft, wire.Length)].ToArray();
            decoder.ReceivedBody(body);
            result.AddRange(body);
            return body.Length;
        }

        Span<byte> memory = decoder.GetMemory().Span;
        int count = Math.Min(random.Next(1, memory.Length + 1), wire.Length);
        wire[..count].CopyTo(memory);
        decoder.Received(count);
        return count;
    }

    private sealed class NoControl : IControlFrames
    {
        public void OnPing(ReadOnlySpan<byte> payload)
        {
        }
    }
}
