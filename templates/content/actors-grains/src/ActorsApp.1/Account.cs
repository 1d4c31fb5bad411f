using Actors.Grains;

namespace ActorsApp._1;

/// <summary>An account; its key is the name of its owner.</summary>
[Grain("account")]
public interface IAccount
{
    /// <summary>Adds to the balance, and returns it.</summary>
    Task<decimal> Deposit(decimal amount, CancellationToken cancel = default);

    /// <summary>Takes from the balance, and returns it. Fails when there is less.</summary>
    Task<decimal> Withdraw(decimal amount, CancellationToken cancel = default);

    [ReadOnly]
    Task<decimal> Balance();
}

public sealed class AccountState
{
    public decimal Balance { get; set; }
}

public sealed class Account(IState<AccountState> state) : Grain, IAccount
{
    public Task<decimal> Deposit(decimal amount, CancellationToken cancel = default) => amount > 0
        ? Change(amount, cancel)
        : throw new ArgumentOutOfRangeException(nameof(amount), amount, "expected more than 0");

    public Task<decimal> Withdraw(decimal amount, CancellationToken cancel = default) => amount > 0 && amount <= state.Value.Balance
        ? Change(-amount, cancel)
        : throw new ArgumentOutOfRangeException(nameof(amount), amount, $"expected more than 0, and at most the balance {state.Value.Balance}");

    public Task<decimal> Balance() => Task.FromResult(state.Value.Balance);

    private async Task<decimal> Change(decimal amount, CancellationToken cancel)
    {
        state.Value.Balance += amount;
        await state.WriteAsync(cancel);
        return state.Value.Balance;
    }
}
