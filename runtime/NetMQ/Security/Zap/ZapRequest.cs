using NetMQ.Protocol;

namespace NetMQ.Security.Zap;

/// <summary>What a mechanism wants to have checked (https://rfc.zeromq.org/spec/27/).</summary>
internal sealed record ZapRequest(string Mechanism, ReadOnlyMemory<byte> Identity, params byte[][] Credentials);

/// <summary>What the handler said, or that there was none to say it.</summary>
/// <param name="StatusCode">"200" lets the peer in, "300" is a temporary error, "400" a refusal, "500" an error of the handler.</param>
/// <param name="StatusText">More about it.</param>
/// <param name="UserId">Who the peer is, when it is let in.</param>
/// <param name="Metadata">What the handler adds to the properties of the peer.</param>
internal sealed record ZapReply(string StatusCode, string StatusText, string UserId, Metadata Metadata)
{
    public const string UserIdProperty = "User-Id";

    public bool IsAllowed => StatusCode == "200";

    /// <summary>The peer is not let in, and may come again.</summary>
    public bool IsTemporary => StatusCode == "300";

    public static ZapReply Temporary(string text) => new("300", text, "", Metadata.Empty);

    public static ZapReply Faulty(string text) => new("500", text, "", Metadata.Empty);

    /// <summary>The peer with what the handler knows of it.</summary>
    public PeerInfo Complete(PeerInfo peer)
    {
        var metadata = new Metadata();
        foreach (var property in peer.Metadata)
        {
            // What the peer says of its user is not worth what the handler says.
            if (!string.Equals(property.Key, UserIdProperty, StringComparison.OrdinalIgnoreCase))
                metadata.Add(property.Key, property.Value);
        }

        metadata.Add(UserIdProperty, System.Text.Encoding.ASCII.GetBytes(UserId));
        foreach (var property in Metadata)
            metadata.Add(property.Key, property.Value);
        return peer with { Metadata = metadata };
    }
}
