using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Actors.Host.Commands;

namespace Actors.Host.Call;

/// <summary>The id of a request, which all its tries bear: docs/protocols/request-reply.md, section 3.</summary>
internal sealed class CallIdentity
{
    private const int ClientLength = 16;

    private readonly byte[] _id = new byte[ClientLength + sizeof(ulong)];

    /// <summary>A new id.</summary>
    public CallIdentity()
    {
        RandomNumberGenerator.Fill(_id.AsSpan(0, ClientLength));
        _id[^1] = 1;
    }

    private CallIdentity(byte[] client, ulong number)
    {
        client.CopyTo(_id, 0);
        BinaryPrimitives.WriteUInt64BigEndian(_id.AsSpan(ClientLength), number);
    }

    /// <summary>The first frame of a request.</summary>
    public byte[] Request => [0, (byte)'R', (byte)'Q', 1, .. _id];

    /// <summary>The first frame of a refusal.</summary>
    public byte[] Refusal => [0, (byte)'R', (byte)'X', 1, .. _id];

    /// <summary>Reads <c>new</c>, or <c>CLIENT/NUMBER</c> with 32 hexadecimal digits and a number.</summary>
    /// <exception cref="ToolException">It is neither.</exception>
    public static CallIdentity Parse(string text)
    {
        if (text == "new") return new CallIdentity();
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash == 2 * ClientLength && text.AsSpan(0, slash).IndexOfAnyExcept("0123456789abcdefABCDEF") < 0 && ulong.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return new CallIdentity(Convert.FromHexString(text.AsSpan(0, slash)), number);
        throw ToolException.Usage($"--id is \"{text}\": expected new, or CLIENT/NUMBER with {2 * ClientLength} hexadecimal digits and a number");
    }

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => $"{Convert.ToHexStringLower(_id.AsSpan(0, ClientLength))}/{BinaryPrimitives.ReadUInt64BigEndian(_id.AsSpan(ClientLength))}";
}

/// <summary>A call of a grain.</summary>
internal sealed record CallSettings
{
    private const int MaxName = 255;

    public required string Kind { get; init; }

    public required string Key { get; init; }

    public required string Method { get; init; }

    /// <summary>A JSON array.</summary>
    public required byte[] Arguments { get; init; }

    /// <summary>The time of the call with all its tries.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>The time that the first try waits for an answer; each further one waits twice as long as the one before.</summary>
    public TimeSpan FirstTry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>With an id a call is tried again and done once; null for none.</summary>
    public CallIdentity? Id { get; init; }

    /// <summary>Reads the words of a command line.</summary>
    /// <exception cref="ToolException">A name is too long or empty, or an argument is no JSON.</exception>
    public static CallSettings Of(string kind, string key, string method, IReadOnlyList<string> arguments, TimeSpan timeout, CallIdentity? id)
    {
        Check("kind", kind, MaxName);
        Check("key", key, int.MaxValue);
        Check("method", method, MaxName);
        for (var i = 0; i < arguments.Count; i++) CheckJson(i + 1, arguments[i]);
        return new CallSettings { Kind = kind, Key = key, Method = method, Arguments = Encoding.UTF8.GetBytes($"[{string.Join(",", arguments)}]"), Timeout = timeout, Id = id };
    }

    /// <summary>The call frame of docs/protocols/grains.md, section 4.</summary>
    public byte[] Frame(TimeSpan left)
    {
        byte[] kind = Encoding.UTF8.GetBytes(Kind), key = Encoding.UTF8.GetBytes(Key), method = Encoding.UTF8.GetBytes(Method);
        var frame = new byte[8 + 1 + kind.Length + sizeof(uint) + key.Length + 1 + method.Length];
        "GC"u8.CopyTo(frame);
        frame[2] = Actors.Grains.Gateway.CallFrame.Version;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(4), (uint)Math.Max(1, left.TotalMilliseconds));
        var at = 8;
        frame[at++] = (byte)kind.Length;
        kind.CopyTo(frame, at);
        at += kind.Length;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(at), (uint)key.Length);
        at += sizeof(uint);
        key.CopyTo(frame, at);
        at += key.Length;
        frame[at++] = (byte)method.Length;
        method.CopyTo(frame, at);
        return frame;
    }

    private static void Check(string what, string text, int most)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        if (length == 0 || length > most) throw ToolException.Usage($"the {what} has {length} bytes: expected 1 to {most}");
    }

    private static void CheckJson(int number, string text)
    {
        try
        {
            using var parsed = JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            throw ToolException.Usage($"argument {number} is {text}, which is no JSON: expected a number, true, null, an array, an object or a text in quotes, as '\"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\"'");
        }
    }
}
