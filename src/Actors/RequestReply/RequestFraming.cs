using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Actors.Transport;

namespace Actors;

/// <summary>The frames in front of a request and its reply: docs/protocols/request-reply.md, section 2.</summary>
internal abstract class RequestFraming
{
    /// <summary>The framing that the settings ask for.</summary>
    public static RequestFraming For(RequestSettings settings) =>
        settings.Identified ? new Identified() : settings.MaxInFlight > 1 ? new Numbered() : new Bare();

    /// <summary>True when a reply names its request.</summary>
    public abstract bool Numbers { get; }

    public abstract ulong NextNumber();

    /// <summary>The id of the request with that number; null where requests go out without one.</summary>
    public virtual RequestId? IdOf(ulong number) => null;

    /// <summary>The request as it goes on the wire.</summary>
    public abstract Message Wrap(PendingRequest request);

    /// <summary>False when the message is not a reply of this framing.</summary>
    public abstract bool TryUnwrap(Message message, out ulong number, [NotNullWhen(true)] out Message? reply);

    /// <summary>False when the message is not the refusal of a request of this framing.</summary>
    public virtual bool TryReadRefusal(Message message, out ulong number, [NotNullWhen(true)] out Refusal? refusal)
    {
        number = 0;
        refusal = null;
        return false;
    }

    private static bool TrySkip(Message message, int delimiter, [NotNullWhen(true)] out Message? reply)
    {
        reply = message.FrameCount >= delimiter + 2 && message[delimiter].Length == 0 ? message.Skip(delimiter + 1) : null;
        return reply is not null;
    }

    /// <summary>The frames of a REQ socket.</summary>
    private sealed class Bare : RequestFraming
    {
        private ulong _last;

        public override bool Numbers => false;

        public override ulong NextNumber() => ++_last;

        public override Message Wrap(PendingRequest request) => request.Message.Prepend(ReadOnlyMemory<byte>.Empty);

        public override bool TryUnwrap(Message message, out ulong number, [NotNullWhen(true)] out Message? reply)
        {
            number = 0;
            return TrySkip(message, 0, out reply);
        }
    }

    /// <summary>A number of four octets, so that several requests can be in flight.</summary>
    private sealed class Numbered : RequestFraming
    {
        // A role that starts again under the same routing id may still get replies to the requests from before.
        private uint _last = (uint)RandomNumberGenerator.GetInt32(int.MaxValue);

        public override bool Numbers => true;

        public override ulong NextNumber() => ++_last;

        public override Message Wrap(PendingRequest request)
        {
            var frame = new byte[sizeof(uint)];
            BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)request.Number);
            return request.Message.Prepend(ReadOnlyMemory<byte>.Empty).Prepend(frame);
        }

        public override bool TryUnwrap(Message message, out ulong number, [NotNullWhen(true)] out Message? reply)
        {
            var numbered = message[0].Length == sizeof(uint);
            number = numbered ? BinaryPrimitives.ReadUInt32BigEndian(message[0].Span) : 0;
            reply = null;
            return numbered && TrySkip(message, 1, out reply);
        }
    }

    /// <summary>An id that no other request has, so that a server knows a repeat.</summary>
    private sealed class Identified : RequestFraming
    {
        private readonly Guid _client = Guid.NewGuid();
        private ulong _last;

        public override bool Numbers => true;

        public override ulong NextNumber() => ++_last;

        public override RequestId? IdOf(ulong number) => new RequestId(_client, number);

        public override Message Wrap(PendingRequest request)
        {
            var wrapped = request.Message.Prepend(ReadOnlyMemory<byte>.Empty).Prepend(new RequestId(_client, request.Number).ToFrame());
            return request.Span is { Frame: { Length: > 0 } trace } ? wrapped.Prepend(trace) : wrapped;
        }

        public override bool TryUnwrap(Message message, out ulong number, [NotNullWhen(true)] out Message? reply)
        {
            reply = null;
            var at = PlaceOfId(message);
            var own = RequestId.TryRead(message[at].Span, out var id) && id.Client == _client;
            number = own ? id.Number : 0;
            return own && TrySkip(message, at + 1, out reply);
        }

        public override bool TryReadRefusal(Message message, out ulong number, [NotNullWhen(true)] out Refusal? refusal)
        {
            refusal = null;
            var at = PlaceOfId(message);
            var own = RequestId.TryReadRefusal(message[at].Span, out var id) && id.Client == _client;
            number = own ? id.Number : 0;
            return own && message.FrameCount > at + 1 && message[at + 1].Length == 0 && Refusal.TryRead(message, at + 2, out refusal);
        }

        /// <summary>Servers return the trace in front of the id as it came. Nothing in it is looked at.</summary>
        private static int PlaceOfId(Message message) => message.FrameCount > 1 && TraceFrame.IsTrace(message[0].Span) ? 1 : 0;
    }
}
