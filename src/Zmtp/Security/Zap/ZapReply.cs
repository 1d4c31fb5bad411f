using System.Text;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Security.Zap;

/// <summary>The answer of the handler, or that there is none that counts (https://rfc.zeromq.org/spec/27/).</summary>
/// <param name="StatusCode">"200" lets the peer in, "300" is a temporary error, "400" a refusal, "500" an error of the handler.</param>
/// <param name="StatusText">More about it.</param>
/// <param name="UserId">Who the peer is, when it is let in.</param>
/// <param name="Metadata">What the handler adds to the properties of the peer.</param>
internal sealed record ZapReply(string StatusCode, string StatusText, string UserId, Metadata Metadata)
{
    public const string UserIdProperty = "User-Id";

    private const string Version = "1.0";
    private const int FrameCount = 7;

    public bool IsAllowed => StatusCode == "200";

    /// <summary>The peer is not let in, and is to know that it need not come again.</summary>
    public bool IsRefusal => StatusCode is "400" or "500";

    /// <summary>There is no answer that counts: the peer is not let in, and may come again.</summary>
    public static ZapReply None(string text) => new("300", text, "", Metadata.Empty);

    /// <summary>Reads the frames of a reply, with the delimiter; one that does not follow the specification lets nobody in.</summary>
    public static ZapReply Parse(List<byte[]> frames)
    {
        if (frames.Count != FrameCount)
            return None($"the reply of the handler has {frames.Count} frames with the delimiter, expected were {FrameCount}");
        if (frames[0].Length != 0)
            return None("the reply of the handler does not begin with an empty frame");
        if (!Ascii.Equals(frames[1], Version))
            return None($"the reply of the handler is not of version {Version}");
        if (!TryRead(frames[3], out string code) || code is not ("200" or "300" or "400" or "500"))
            return None("the status code of the handler is none of 200, 300, 400 and 500");
        if (!TryRead(frames[4], out string text))
            return None("the status text of the handler is not of at most 255 characters of ASCII");
        if (!TryRead(frames[5], out string user))
            return None("the user id of the handler is not of at most 255 characters of ASCII");
        if (!Metadata.TryParse(frames[6], Metadata.DefaultMaxProperties, out Metadata? metadata, out string? error))
            return None($"the reply of the handler is malformed: {error}");
        return new ZapReply(code, text, user, metadata);
    }

    /// <summary>The peer with what the handler knows of it, which counts more than what the peer says of itself.</summary>
    public PeerInfo Complete(PeerInfo peer)
    {
        Metadata known = new Metadata().Add(UserIdProperty, Encoding.ASCII.GetBytes(UserId));
        AddNew(known, Metadata);
        AddNew(known, peer.Metadata);
        return peer with { Metadata = known, UserId = UserId };
    }

    private static void AddNew(Metadata known, Metadata more)
    {
        foreach (KeyValuePair<string, ReadOnlyMemory<byte>> property in more)
        {
            if (!known.TryGet(property.Key, out _))
                known.Add(property.Key, property.Value);
        }
    }

    private static bool TryRead(byte[] frame, out string text)
    {
        bool valid = frame.Length <= 255 && Ascii.IsValid(frame);
        text = valid ? Encoding.ASCII.GetString(frame) : "";
        return valid;
    }
}
