using System.Text;

namespace Actors.Zmtp;

public sealed partial class SocketOptions
{
    /// <summary>
    /// True makes this end the server of PLAIN (RFC 24) for endpoints that are bound or connected from now on: it asks the ZAP
    /// handler at inproc://zeromq.zap.01 about each client, and lets nobody in without one. Default false.
    /// </summary>
    public bool PlainServer
    {
        get => Settings.Plain.IsServer;
        set => Change(s => s with { Plain = s.Plain with { IsServer = value } });
    }

    /// <summary>The user name of this end, which makes it a client of PLAIN: at most 255 bytes of UTF-8, sent in clear text. Default null; an empty one is refused.</summary>
    public string? PlainUsername
    {
        get => Settings.Plain.Username is { } name ? Encoding.UTF8.GetString(name) : null;
        set => Change(s => s with { Plain = s.Plain with { Username = Credential(value, nameof(PlainUsername)) } });
    }

    /// <summary>The password of this end, which makes it a client of PLAIN: at most 255 bytes of UTF-8, sent in clear text. Default null.</summary>
    public string? PlainPassword
    {
        get => Settings.Plain.Password is { } password ? Encoding.UTF8.GetString(password) : null;
        set => Change(s => s with { Plain = s.Plain with { Password = Credential(value, nameof(PlainPassword)) } });
    }

    private static byte[]? Credential(string? text, string name)
    {
        if (text is null)
        {
            return null;
        }

        byte[] octets = Encoding.UTF8.GetBytes(text);
        return octets.Length is > 0 and <= byte.MaxValue
            ? octets
            : throw new InvalidException($"{name} has {octets.Length} bytes in UTF-8; expected 1 to {byte.MaxValue}, or null for none.");
    }
}
