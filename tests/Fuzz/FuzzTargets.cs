
namespace Fuzz;

/// <summary>All targets: bind and connect for each mechanism and transport, the socket options, Z85, and the call frames of grains.</summary>
internal static class FuzzTargets
{
    public static readonly IReadOnlyList<FuzzTarget> All =
    [
        new("bind-null", () => new BindSession(Wire.Null)),
        new("connect-null", () => new ConnectSession(Wire.Null)),
        new("bind-plain", () => new BindSession(Wire.Plain)),
        new("connect-plain", () => new ConnectSession(Wire.Plain)),
        new("bind-curve", () => new BindSession(Wire.Curve)),
        new("connect-curve", () => new ConnectSession(Wire.Curve)),
        new("bind-websocket", () => new BindSession(Wire.WebSocket)),
        new("connect-websocket", () => new ConnectSession(Wire.WebSocket)),
        new("bind-stream", () => new StreamSession(binds: true)),
        new("connect-stream", () => new StreamSession(binds: false)),
        new("options", () => new OptionsSession()),
        new("z85", () => new Z85Session()),
        new("grain-calls", () => new CallFrameSession()),
    ];

    /// <exception cref="ArgumentException">There is no such target.</exception>
    public static FuzzTarget Named(string name) => All.FirstOrDefault(target => target.Name == name)
        ?? throw new ArgumentException($"Unknown target \"{name}\"; expected one of {string.Join(", ", All.Select(target => target.Name))}.");
}
