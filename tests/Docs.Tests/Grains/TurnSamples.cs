using Actors.Grains;

namespace Docs.Tests.Grains.Turns;

/// <summary>The samples of docs/grains.md about turns, and the life of a grain.</summary>
public sealed class TurnSamples : GrainPageTests
{
    protected override void Configure(GrainsBuilder grains) => grains.Add<Room>().Add<Chat>().Add<Partner>();

    [Fact]
    public async Task Two_messages_to_a_reentrant_grain_run_beside_each_other()
    {
        var chat = Cluster.Grains.Get<IChat>("a");
        var first = chat.Say("wait for it");
        await chat.Say("here it is").WaitAsync(Patience);
        await first.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_cycle_fails_at_once()
    {
        var failure = await Assert.ThrowsAsync<GrainException>(() => Cluster.Grains.Get<IPartner>("a").Ask("b").WaitAsync(Patience));
        Assert.Equal(GrainError.Cycle, failure.Error);
        // The text that the page shows.
        Assert.Equal("partner/a Answer: the grain waits for this call: partner/a -> partner/b -> partner/a", failure.Message);
    }

    [Fact]
    public async Task A_room_has_a_life()
    {
        var room = Cluster.Grains.Get<IRoom>("lobby");
        await room.Enter("ada");
        await Advance(TimeSpan.FromSeconds(10), until: "lobby has 1");
        await Advance(TimeSpan.FromSeconds(10), until: "lobby closes: Idle");
        await room.Enter("bob");
        await room.Close();
        await Advance(TimeSpan.FromSeconds(1), until: "lobby closes: Asked");
        Assert.Equal(2, Lines.All.Count(line => line == "lobby opens"));
    }
}

#region room
[Grain("room")]
public interface IRoom
{
    Task Enter(string name);

    Task Close();
}

public sealed class Room(Lines lines) : Grain, IRoom
{
    private readonly HashSet<string> _names = [];

    protected override Task OnActivate(CancellationToken cancel)
    {
        lines.Write($"{Key} opens");
        RegisterTimer(Report, due: TimeSpan.FromMinutes(1), period: TimeSpan.FromMinutes(1));
        return Task.CompletedTask;
    }

    public Task Enter(string name)
    {
        _names.Add(name);
        return Task.CompletedTask;
    }

    public Task Close()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    protected override Task OnDeactivate(DeactivationReason reason, CancellationToken cancel)
    {
        lines.Write($"{Key} closes: {reason}");
        return Task.CompletedTask;
    }

    private Task Report(CancellationToken cancel)
    {
        lines.Write($"{Key} has {_names.Count}");
        return Task.CompletedTask;
    }
}
#endregion

#region chat
[Grain("chat")]
public interface IChat
{
    Task Say(string text);
}

[Reentrant]
public sealed class Chat : Grain, IChat
{
    private readonly TaskCompletionSource _arrived = new();

    public async Task Say(string text)
    {
        if (text == "here it is") _arrived.TrySetResult();
        await _arrived.Task;
    }
}
#endregion

[Grain("partner")]
public interface IPartner
{
    Task<string> Ask(string other);

    Task<string> Answer(string asker);

    Task<string> Pass(string back);
}

public sealed class Partner : Grain, IPartner
{
    public Task<string> Ask(string other) => Grains.Get<IPartner>(other).Pass(Key);

    public Task<string> Pass(string back) => Grains.Get<IPartner>(back).Answer(Key);

    public Task<string> Answer(string asker) => Task.FromResult($"{asker} asked {Key}");
}
