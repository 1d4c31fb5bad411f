using Akka.Configuration;

namespace Actors.Remoting.Settings;

/// <summary>Reads the section of a transport, over the defaults of reference.conf.</summary>
internal static class SettingsReader
{
    private static readonly string[] s_keys =
    [
        "transport-class", "applied-adapters", "transport", "hostname", "port", "public-hostname", "public-port", "maximum-frame-size",
        "send-buffer-size", "connection-timeout", "linger", "backlog", "curve",
    ];

    private static readonly string[] s_curveKeys = ["secret-key", "secret-key-file", "allowed"];

    /// <exception cref="ConfigurationException">A key is unknown, or its value malformed or out of range.</exception>
    public static ZmqRemoteSettings Read(Config config)
    {
        var check = default(SettingCheck);
        CheckKeys(check, config, "", s_keys);
        config = config.WithFallback(ZmqRemoting.Default.GetConfig("akka.remote.zmq"));
        var curve = config.GetConfig("curve");
        CheckKeys(check, curve, "curve.", s_curveKeys);
        var settings = new ZmqRemoteSettings
        {
            Transport = Text(config, "transport") switch
            {
                "tcp" => ZmqRemoteTransport.Tcp,
                "inproc" => ZmqRemoteTransport.Inproc,
                var other => throw check.Fault("transport", $"is \"{other}\"", "tcp or inproc"),
            },
            Hostname = Text(config, "hostname"),
            Port = (int)Number(check, config, "port", 0, ushort.MaxValue),
            PublicHostname = Text(config, "public-hostname"),
            PublicPort = (int)Number(check, config, "public-port", 0, ushort.MaxValue),
            MaximumFrameSize = Bytes(check, config, "maximum-frame-size"),
            SendBufferSize = Bytes(check, config, "send-buffer-size"),
            ConnectionTimeout = Span(check, config, "connection-timeout"),
            Linger = Span(check, config, "linger"),
            Backlog = (int)Number(check, config, "backlog", 1, int.MaxValue),
            Curve = CurveOf(curve),
        };
        settings.Validate();
        return settings;
    }

    private static ZmqRemoteCurve? CurveOf(Config curve)
    {
        var settings = new ZmqRemoteCurve
        {
            SecretKey = Text(curve, "secret-key"),
            SecretKeyFile = Text(curve, "secret-key-file"),
            Allowed = [.. curve.GetStringList("allowed", [])],
        };
        // A list without a key is a mistake that must not leave the port open to all.
        return settings is { SecretKey.Length: 0, SecretKeyFile.Length: 0, Allowed.Count: 0 } ? null : settings;
    }

    private static void CheckKeys(SettingCheck check, Config config, string section, string[] known)
    {
        if (config.IsEmpty) return;
        foreach (var (key, _) in config.Root.GetObject().Items)
        {
            if (!known.Contains(key)) throw check.Fault(section + key, "is no setting", $"one of {string.Join(", ", known)}");
        }
    }

    private static string Text(Config config, string key) => config.GetString(key, "")?.Trim() ?? "";

    private static long Number(SettingCheck check, Config config, string key, long least, long most)
    {
        var text = Text(config, key);
        check.Expect(long.TryParse(text, System.Globalization.NumberStyles.Integer, System.Globalization.CultureInfo.InvariantCulture, out var value), key, text, $"a number from {least} to {most}");
        check.Range(key, value, least, most);
        return value;
    }

    private static long Bytes(SettingCheck check, Config config, string key)
        => Parsed(check, config, key, () => config.GetByteSize(key), "a number of bytes, such as 128000b");

    private static TimeSpan Span(SettingCheck check, Config config, string key)
        => Parsed(check, config, key, () => (TimeSpan?)config.GetTimeSpan(key, null, allowInfinite: false), "a time, such as 2s");

    private static T Parsed<T>(SettingCheck check, Config config, string key, Func<T?> read, string expected)
        where T : struct
    {
        try
        {
            if (read() is { } value) return value;
        }
        catch (Exception error) when (error is FormatException or ArgumentException or OverflowException or InvalidOperationException)
        {
            // Akka's error does not name the key.
        }
        throw check.Fault(key, $"is \"{Text(config, key)}\"", expected);
    }
}
