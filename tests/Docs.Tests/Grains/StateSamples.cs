using Actors.Grains;

namespace Docs.Tests.Grains.States;

/// <summary>The samples of docs/grains.md about states, reminders and calls.</summary>
public sealed class StateSamples : GrainPageTests
{
    protected override void Configure(GrainsBuilder grains) => grains.Add<Account>().Add<Reservation>();

    [Fact]
    public async Task An_account_keeps_its_balance()
    {
        var account = Cluster.Grains.Get<IAccount>("ada");
        Assert.Equal(100, await account.Deposit(100));
        await account.Close();
        Assert.Equal(70, await account.Withdraw(30));
    }

    [Fact]
    public async Task A_reminder_wakes_a_grain()
    {
        await Cluster.Grains.Get<IReservation>("seat-12").Hold();
        await Cluster.Grains.Get<IReservation>("seat-13").Hold();
        Assert.True(await Cluster.Grains.Get<IReservation>("seat-13").Confirm());
        Cluster.Time.Advance(TimeSpan.FromMinutes(30));
        await Advance(TimeSpan.FromSeconds(1), until: "seat-12 is free again");
        Assert.DoesNotContain("seat-13 is free again", Lines.All);
    }

    [Fact]
    public async Task A_caller_gives_a_call_its_time_its_token_and_its_id()
    {
        var grains = Cluster.Grains;
        var cancel = CancellationToken.None;

        #region options
        var quick = grains.With(new CallOptions { Timeout = TimeSpan.FromSeconds(2) });
        await quick.Get<IAccount>("ada").Deposit(10, cancel);
        #endregion

        #region id
        var payment = CallId.From(Guid.NewGuid());
        var once = grains.With(new CallOptions { Id = payment }).Get<IAccount>("ada");
        await once.Deposit(100);
        await once.Deposit(100);
        #endregion

        Assert.Equal(110, await grains.Get<IAccount>("ada").Deposit(0));
    }

    [Fact]
    public async Task A_failure_says_what_it_is()
    {
        var grains = Cluster.Grains;

        #region errors
        try
        {
            await grains.Get<IAccount>("ada").Withdraw(1_000_000);
        }
        catch (GrainException failure) when (failure.Error == GrainError.Failed)
        {
            Console.WriteLine(failure.Message);
        }
        #endregion

        var thrown = await Assert.ThrowsAsync<GrainException>(() => grains.Get<IAccount>("ada").Withdraw(1_000_000));
        Assert.Equal((GrainError.Failed, "ada has 0"), (thrown.Error, thrown.Message));
    }
}

#region account
[Grain("account")]
public interface IAccount
{
    Task<decimal> Deposit(decimal amount, CancellationToken cancel = default);

    Task<decimal> Withdraw(decimal amount, CancellationToken cancel = default);

    Task Close();
}

public sealed class AccountState
{
    public decimal Balance { get; set; }
}

public sealed class Account(IState<AccountState> state) : Grain, IAccount
{
    public async Task<decimal> Deposit(decimal amount, CancellationToken cancel = default)
    {
        state.Value.Balance += amount;
        await state.WriteAsync(cancel);
        return state.Value.Balance;
    }

    public Task<decimal> Withdraw(decimal amount, CancellationToken cancel = default) => amount <= state.Value.Balance
        ? Deposit(-amount, cancel)
        : throw new InvalidOperationException($"{Key} has {state.Value.Balance}");

    public Task Close()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
#endregion

#region reservation
[Grain("reservation")]
public interface IReservation
{
    Task Hold();

    Task<bool> Confirm();
}

public sealed class Reservation(Lines lines) : Grain, IReservation, IRemindable
{
    public Task Hold() => SetReminder("expired", due: TimeSpan.FromMinutes(30), period: TimeSpan.Zero);

    public Task<bool> Confirm() => RemoveReminder("expired");

    public Task ReceiveReminder(string name, DateTimeOffset due, CancellationToken cancel)
    {
        lines.Write($"{Key} is free again");
        return Task.CompletedTask;
    }
}
#endregion
