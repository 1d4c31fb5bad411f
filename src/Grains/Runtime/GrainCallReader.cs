using System.Text.Json;
using Actors.Grains.Calls;
using Actors.Grains.Reminders;

namespace Actors.Grains.Runtime;

/// <summary>Makes calls of the texts that another node or a gateway's client has sent.</summary>
internal static class GrainCallReader
{
    /// <summary>Reads a call. One that cannot be made has failed already, and its sink knows why.</summary>
    /// <param name="runtime">This node.</param>
    /// <param name="route">The way to the kind; null when the kind is unknown.</param>
    /// <param name="kind">The kind, as it was sent.</param>
    /// <param name="key">The key.</param>
    /// <param name="method">The method's name on the wire.</param>
    /// <param name="arguments">A JSON array.</param>
    /// <param name="sink">Who is told the end.</param>
    public static GrainCall Read(GrainRuntime runtime, KindRoute? route, string kind, string key, string method, ReadOnlyMemory<byte> arguments, ICallSink sink)
    {
        if (route is null) return Failed(new KindRoute(runtime, kind, null), GrainError.UnknownKind, $"no grains of kind \"{kind}\" are known here");
        if (key.Length == 0) return Failed(route, GrainError.BadArguments, "the key is empty: expected a text");
        if (route.Interface is not { } grains) return Prepared(new RawCall(arguments), new GrainMethod(method, method, isReadOnly: false, static () => throw new NotSupportedException()));
        if ((grains.Find(method) ?? Builtin(method, sink)) is not { } found)
            return Failed(route, GrainError.UnknownMethod, $"the kind \"{kind}\" has no method \"{method}\": expected one of {string.Join(", ", grains.Methods.Select(known => known.Name))}");
        var call = Prepared(found.NewCall(), found);
        try
        {
            var reader = new Utf8JsonReader(arguments.Span);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray) throw new JsonException("expected a JSON array");
            call.ReadArguments(ref reader, runtime.Json);
            if (!GrainJson.IsAtEnd(in reader) && (!reader.Read() || reader.TokenType != JsonTokenType.EndArray)) throw new JsonException("more arguments than parameters");
            if (reader.Read()) throw new JsonException("expected nothing behind the array");
        }
        catch (Exception wrong)
        {
            // The constructors and converters of arguments are the app's, and throw what they like.
            call.Fail(GrainError.BadArguments, $"{wrong.Message}: expected {found.Signature}");
        }
        return call;

        GrainCall Prepared(GrainCall made, GrainMethod of)
        {
            (made.Route, made.Key, made.Method, made.Sink) = (route, key, of, sink);
            return made;
        }

        // Nodes alone call what is no method of the interface.
        static GrainMethod? Builtin(string method, ICallSink sink) => sink is RemoteSink && method == ReminderCall.MethodName ? ReminderCall.TheMethod : null;

        GrainCall Failed(KindRoute at, GrainError error, string message)
        {
            var made = new RawCall(arguments) { Route = at, Key = key, Sink = sink, Method = new GrainMethod(method, method, isReadOnly: false, static () => throw new NotSupportedException()) };
            made.Fail(new GrainException(error, message));
            return made;
        }
    }
}
