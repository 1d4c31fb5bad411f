using System.Globalization;
using System.Text;
using Akka.Configuration;

namespace Actors.Remoting;

/// <summary>Makes the configuration of an actor system whose remoting goes over ZeroMQ.</summary>
public static class ZmqRemoting
{
    private static readonly Config s_default = ConfigurationFactory.FromResource("Actors.Remoting.reference.conf", typeof(ZmqRemoting).Assembly);

    /// <summary>The section <c>akka.remote.zmq</c> with all its defaults. A transport takes them by itself; this is for who wants to see or refer to them.</summary>
    public static Config Default => s_default;

    /// <summary>
    /// The settings as a configuration, with <see cref="ZmqTransport"/> as the only enabled transport. It says nothing of
    /// <c>akka.actor.provider</c>, which has to be <c>remote</c> or <c>cluster</c>.
    /// </summary>
    /// <exception cref="ConfigurationException">A setting is out of range; names key, value and what was expected.</exception>
    public static Config Config(ZmqRemoteSettings settings) => ConfigurationFactory.ParseString(Hocon(settings));

    /// <summary><see cref="Config"/> as text.</summary>
    /// <inheritdoc cref="Config"/>
    public static string Hocon(ZmqRemoteSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $$"""
            akka.remote {
              enabled-transports = [akka.remote.zmq]
              zmq {
                transport-class = "Actors.Remoting.ZmqTransport, Actors.Remoting"
                transport = {{(settings.Transport == ZmqRemoteTransport.Inproc ? "inproc" : "tcp")}}
                hostname = {{Quoted(settings.Hostname)}}
                port = {{settings.Port}}
                public-hostname = {{Quoted(settings.PublicHostname)}}
                public-port = {{settings.PublicPort}}
                maximum-frame-size = {{settings.MaximumFrameSize}}b
                send-buffer-size = {{settings.SendBufferSize}}b
                connection-timeout = {{settings.ConnectionTimeout.TotalMilliseconds}}ms
                linger = {{settings.Linger.TotalMilliseconds}}ms
                backlog = {{settings.Backlog}}

            """);
        if (settings.Curve is { } curve)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""
                    curve {
                      secret-key = {{Quoted(curve.SecretKey)}}
                      secret-key-file = {{Quoted(curve.SecretKeyFile)}}
                      allowed = [{{string.Join(", ", curve.Allowed.Select(Quoted))}}]
                    }

                """);
        }
        return text.Append("  }\n}\n").ToString();
    }

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
