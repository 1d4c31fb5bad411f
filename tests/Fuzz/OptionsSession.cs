using System.Reflection;
using Actors.Zmtp;

namespace Fuzz;

/// <summary>
/// Options with values at the edges and beyond: each is taken, and read back as it was set, or refused with an exception
/// that says so; the socket can be used and closed afterwards.
/// </summary>
internal sealed class OptionsSession : IFuzzSession
{
    private const int MostOptions = 6;

    private static readonly PropertyInfo[] Options = [.. typeof(SocketOptions).GetProperties().Where(option => option.CanWrite)];

    private static readonly Func<ZmqSocket>[] Types =
        [() => new PushSocket(), () => new PullSocket(), () => new PublisherSocket(), () => new XPublisherSocket(), () => new SubscriberSocket(), () => new RequestSocket(), () => new ResponseSocket(), () => new DealerSocket(), () => new RouterSocket(), () => new PairSocket()];

    public void Run(Random random)
    {
        using var socket = Types[random.Next(Types.Length)]();
        socket.Options.Linger = TimeSpan.Zero;
        for (var i = random.Next(MostOptions); i >= 0; i--) Set(socket.Options, Options[random.Next(Options.Length)], random);
        socket.Options.Linger = TimeSpan.Zero;
        Try(() => socket.BindRandomPort("tcp://127.0.0.1"));
        Try(() => socket.Connect("tcp://127.0.0.1:1"));
        var msg = new Msg();
        msg.InitEmpty();
        Try(() => socket.TrySend(ref msg, TimeSpan.Zero, random.Next(2) == 0));
        msg.Close();
    }

    public void CheckAlive()
    {
        using var target = new PullSocket();
        using var peer = new PushSocket();
        Alive.Check(peer, target, $"tcp://127.0.0.1:{target.BindRandomPort("tcp://127.0.0.1")}", 1);
    }

    public void Dispose()
    {
    }

    private static void Set(SocketOptions options, PropertyInfo option, Random random)
    {
        if (ValueOf(option.PropertyType, random) is not { } value) return;
        try
        {
            option.SetValue(options, value.Value);
        }
        catch (TargetInvocationException refused) when (IsRefusal(refused.InnerException!))
        {
            return;
        }
        if (option.CanRead && value.Value is bool or int or long or TimeSpan && !value.Value.Equals(option.GetValue(options)))
            throw new InvalidOperationException($"{option.Name} was set to {value.Value} and is {option.GetValue(options)}");
    }

    private static void Try(Action use)
    {
        try
        {
            use();
        }
        catch (Exception refused) when (IsRefusal(refused))
        {
            // Options may contradict each other or the socket's type; a clear refusal is right.
        }
    }

    private static bool IsRefusal(Exception exception) => exception is ArgumentException or ZmqException or NotSupportedException;

    /// <summary>A value of the type; null for a type that has none to choose from.</summary>
    private static Chosen? ValueOf(Type type, Random random)
    {
        int[] numbers = [int.MinValue, -2, -1, 0, 1, 2, 255, 256, 65535, 65536, 1 << 24, int.MaxValue];
        long[] longNumbers = [long.MinValue, -1, 0, 1, uint.MaxValue, long.MaxValue];
        TimeSpan[] times = [TimeSpan.MinValue, TimeSpan.FromMilliseconds(-1), TimeSpan.Zero, TimeSpan.FromTicks(1), TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(1), TimeSpan.FromDays(60), TimeSpan.MaxValue];
        if (type == typeof(bool)) return new Chosen(random.Next(2) == 0);
        if (type == typeof(int)) return new Chosen(numbers[random.Next(numbers.Length)]);
        if (type == typeof(long)) return new Chosen(longNumbers[random.Next(longNumbers.Length)]);
        if (type == typeof(TimeSpan)) return new Chosen(times[random.Next(times.Length)]);
        if (type == typeof(string)) return new Chosen(random.Next(4) == 0 ? null : new string('k', random.Next(300)));
        if (type == typeof(byte[])) return new Chosen(random.Next(4) == 0 ? null : new byte[random.Next(300)]);
        return type == typeof(CurveKeyPair) ? new Chosen(random.Next(4) == 0 ? null : new CurveKeyPair()) : null;
    }

    /// <summary>A value, which may be null.</summary>
    private sealed record Chosen(object? Value);
}
