using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Actors.Grains.Calls;
using Actors.Remoting;
using Akka.Actor;
using Akka.Serialization;

namespace Actors.Grains.Runtime;

/// <summary>Calls and their ends between nodes. Numbers are in network byte order, a text has its length in front, in 4 octets.</summary>
internal sealed class GrainSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private const byte FormatVersion = 1;
    private const int MaxText = 64 << 20;

    /// <summary>Octets that the remoting puts around a message: addresses, and the path of the region or of the sender's actor.</summary>
    private const int Envelope = 4_000;

    private readonly long _most = FrameSize(system.Settings.Config) - Envelope;

    public override int Identifier => 7_201;

    public override string Manifest(object o) => o switch
    {
        GrainCall => "call",
        CallReply => "reply",
        CallAgain => "again",
        CancelCall => "cancel",
        GrainEntity.HandOff => "hand-off",
        _ => throw new ArgumentException($"{o.GetType()} is no message between grains"),
    };

    public override byte[] ToBinary(object o)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        switch (o)
        {
            case GrainCall call:
                Write(buffer, call);
                if (buffer.WrittenCount <= _most) break;
                var tooLong = $"the call has {buffer.WrittenCount} octets on its way to another node: expected {_most} or less (maximum-frame-size)";
                call.Fail(GrainError.BadArguments, tooLong);
                throw new ArgumentException($"{call.Target} {call.Method.Name}: {tooLong}");
            case CallReply { Error: null, IsCancelled: false } reply when reply.Body.Length > _most:
                Write(buffer, new CallReply(reply.Number, GrainError.Failed, Encoding.UTF8.GetBytes($"the result has {reply.Body.Length} octets on its way to another node: expected {_most} or less (maximum-frame-size)")));
                break;
            case CallReply reply:
                Write(buffer, reply);
                break;
            case CallAgain again:
                Long(buffer, again.Number);
                break;
            case CancelCall cancel:
                Id(buffer, cancel.Id);
                Text(buffer, cancel.Kind);
                Text(buffer, cancel.Key);
                break;
        }
        return buffer.WrittenSpan.ToArray();
    }

    public override object FromBinary(byte[] bytes, string manifest)
    {
        var reader = new Reader(bytes);
        switch (manifest)
        {
            case "call":
                return ReadCall(ref reader);
            case "reply":
                var number = reader.Long();
                var outcome = reader.Byte();
                return new CallReply(number, outcome is 0 or 255 ? null : (GrainError)(outcome - 1), reader.Rest, outcome == 255);
            case "again":
                return new CallAgain(reader.Long());
            case "cancel":
                var id = reader.Id();
                return new CancelCall(reader.Text(), reader.Text(), id);
            case "hand-off":
                return GrainEntity.HandOff.Instance;
            default:
                throw new ArgumentException($"\"{manifest}\" is no message between grains of this version");
        }
    }

    /// <summary>Akka only logs what is larger, and the call would be sent again until its time is up.</summary>
    private static long FrameSize(Akka.Configuration.Config config)
    {
        const string path = "akka.remote.zmq.maximum-frame-size";
        return config.GetByteSize(path, null) ?? ZmqRemoting.Default.GetByteSize(path, null)!.Value;
    }

    private static void Write(ArrayBufferWriter<byte> buffer, CallReply reply)
    {
        Long(buffer, reply.Number);
        Byte(buffer, reply.IsCancelled ? (byte)255 : reply.Error is { } error ? (byte)(1 + (int)error) : (byte)0);
        buffer.Write(reply.Body.Span);
    }

    private void Write(ArrayBufferWriter<byte> buffer, GrainCall call)
    {
        var runtime = call.Route.Runtime;
        var (replies, number) = call.Sink is RemoteSink remote ? (remote.Replies, remote.Number) : (runtime.Replies, call.Number);
        Byte(buffer, FormatVersion);
        Long(buffer, number);
        Text(buffer, Akka.Serialization.Serialization.SerializedActorPath(replies));
        Id(buffer, call.Id);
        Int(buffer, (int)Math.Clamp(runtime.Time.GetElapsedTime(runtime.Time.GetTimestamp(), call.Deadline).TotalMilliseconds, 0, int.MaxValue));
        Text(buffer, call.Route.Kind);
        Text(buffer, call.Key);
        Text(buffer, call.Method.Name);
        Text(buffer, call.Trace == default ? "" : $"00-{call.Trace.TraceId}-{call.Trace.SpanId}-{(int)call.Trace.TraceFlags:x2}");
        Write(buffer, call.Chain);
        if (call is RawCall raw)
        {
            buffer.Write(raw.Arguments.Span);
            return;
        }
        try
        {
            using var writer = new Utf8JsonWriter(buffer);
            writer.WriteStartArray();
            call.WriteArguments(writer, runtime.Json);
            writer.WriteEndArray();
        }
        catch (Exception failure)
        {
            // Akka only logs what cannot be written, and the call would be sent again until its time is up.
            call.Fail(GrainError.BadArguments, $"an argument cannot be written as JSON: {failure.Message}");
            throw;
        }
    }

    private static void Write(ArrayBufferWriter<byte> buffer, CallChain? chain)
    {
        // No call is sent whose chain is longer than a byte can say.
        Byte(buffer, (byte)(chain?.Length ?? 0));
        for (var link = chain; link is not null; link = link.Before)
        {
            Text(buffer, link.Grain.Kind);
            Text(buffer, link.Grain.Key);
            Id(buffer, link.CallId);
        }
    }

    private GrainCall ReadCall(ref Reader reader)
    {
        var version = reader.Byte();
        if (version != FormatVersion) throw new ArgumentException($"a call has version {version}: expected {FormatVersion}");
        var number = reader.Long();
        var sink = new RemoteSink(system.Provider.ResolveActorRef(reader.Text()), number);
        var id = reader.Id();
        var left = TimeSpan.FromMilliseconds(reader.Int());
        var (kind, key, method, trace) = (reader.Text(), reader.Text(), reader.Text(), reader.Text());
        var chain = ReadChain(ref reader);
        var runtime = GrainRuntime.Of(system);
        var call = GrainCallReader.Read(runtime, runtime.FindRoute(kind), kind, key, method, reader.Rest, sink);
        call.Id = id;
        call.Deadline = runtime.DeadlineIn(left);
        call.Chain = chain;
        call.Source = new CancellationTokenSource();
        call.Cancel = call.Source.Token;
        if (ActivityContext.TryParse(trace, null, isRemote: true, out var context)) call.Trace = context;
        return call;
    }

    private static CallChain? ReadChain(ref Reader reader)
    {
        var links = new (GrainId Grain, CallId Id)[reader.Byte()];
        for (var n = 0; n < links.Length; n++) links[n] = (new GrainId(reader.Text(), reader.Text()), reader.Id());
        CallChain? chain = null;
        foreach (var (grain, id) in links.Reverse()) chain = new CallChain(grain, null, chain) { CallId = id };
        return chain;
    }

    private static void Byte(ArrayBufferWriter<byte> buffer, byte value) => buffer.Write([value]);

    private static void Int(ArrayBufferWriter<byte> buffer, int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(buffer.GetSpan(4), value);
        buffer.Advance(4);
    }

    private static void Long(ArrayBufferWriter<byte> buffer, long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(buffer.GetSpan(8), value);
        buffer.Advance(8);
    }

    private static void Id(ArrayBufferWriter<byte> buffer, CallId id)
    {
        id.Write(buffer.GetSpan(CallId.Length));
        buffer.Advance(CallId.Length);
    }

    private static void Text(ArrayBufferWriter<byte> buffer, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Int(buffer, length);
        buffer.Advance(Encoding.UTF8.GetBytes(text, buffer.GetSpan(length)));
    }

    /// <summary>Reads in order, and says so when the octets end too early.</summary>
    private struct Reader(byte[] bytes)
    {
        private int _at;

        public readonly ReadOnlyMemory<byte> Rest => bytes.AsMemory(_at);

        public byte Byte() => Take(1)[0];

        public int Int() => BinaryPrimitives.ReadInt32BigEndian(Take(4));

        public long Long() => BinaryPrimitives.ReadInt64BigEndian(Take(8));

        public CallId Id() => CallId.Read(Take(CallId.Length));

        public string Text()
        {
            var length = Int();
            if (length is < 0 or > MaxText) throw new ArgumentException($"a text of {length} octets: expected 0 to {MaxText}");
            return Encoding.UTF8.GetString(Take(length));
        }

        private ReadOnlySpan<byte> Take(int length)
        {
            if (bytes.Length - _at < length) throw new ArgumentException($"a message between grains ends after {bytes.Length} octets: expected {_at + length} or more");
            var taken = bytes.AsSpan(_at, length);
            _at += length;
            return taken;
        }
    }
}
