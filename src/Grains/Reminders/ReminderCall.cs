using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Actors.Grains.Calls;
using Actors.Grains.Storage;

namespace Actors.Grains.Reminders;

/// <summary>The call that a due reminder is. Only nodes make it; a gateway does not know its method.</summary>
internal sealed class ReminderCall : GrainCall<Nothing>
{
    /// <summary>No name of a method: those have letters, digits, '.', '_' and '-' only.</summary>
    public const string MethodName = "(reminder)";

    public static readonly GrainMethod TheMethod = new(MethodName, MethodName, isReadOnly: false, static () => new ReminderCall());

    private string _name = "";
    private DateTimeOffset _due;

    public ReminderCall()
    {
    }

    public ReminderCall(ReminderRow reminder)
    {
        _name = reminder.Name;
        _due = reminder.Due;
        Id = IdOf(reminder);
        Source = new CancellationTokenSource();
        Cancel = Source.Token;
    }

    protected internal override ValueTask<Nothing> Invoke(object grain, CancellationToken cancel) => grain is IRemindable remindable
        ? Nothing.From(remindable.ReceiveReminder(_name, _due, cancel))
        : throw new GrainException(GrainError.UnknownMethod, $"{Target} takes no reminders: expected that {grain.GetType().Name} implements {nameof(IRemindable)}");

    protected internal override void WriteArguments(Utf8JsonWriter writer, GrainJson json)
    {
        json.Write(writer, _name);
        json.Write(writer, _due);
    }

    protected internal override void ReadArguments(ref Utf8JsonReader reader, GrainJson json)
    {
        _name = json.Next<string>(ref reader, "name");
        _due = json.Next<DateTimeOffset>(ref reader, "due");
    }

    /// <summary>The same for each try of one firing, so that a grain with a state does it once.</summary>
    private static CallId IdOf(ReminderRow reminder) => CallId.Read(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{reminder.Kind}\0{reminder.Key}\0{reminder.Name}\0{reminder.Due.ToUnixTimeMilliseconds()}"))));
}
