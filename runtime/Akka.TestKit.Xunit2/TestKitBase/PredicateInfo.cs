namespace Akka.TestKit;

/// <summary>A predicate on the messages of one type, for <see cref="TestKitBase.ExpectMsgAllOfMatchingPredicates(PredicateInfo[])"/>.</summary>
public class PredicateInfo
{
    private readonly Func<object, bool> _matches;

    private PredicateInfo(Delegate predicateT, Type type, Func<object, bool> matches)
    {
        PredicateT = predicateT;
        Type = type;
        _matches = matches;
    }

    public Delegate PredicateT { get; }

    /// <summary>The type of message that the predicate takes.</summary>
    public Type Type { get; }

    public static PredicateInfo Create<T>(Predicate<T> predicateT) =>
        new(predicateT, typeof(T), message => message is T typed && predicateT(typed));

    public override string ToString() => $"Predicate<{Type}>({PredicateT.Method.Name})";

    internal static PredicateInfo Create(Delegate predicateT)
    {
        var parameters = predicateT.Method.GetParameters();
        if (predicateT.Method.ReturnType != typeof(bool) || parameters is not [var parameter])
        {
            throw new ArgumentException($"A predicate takes one message and returns a bool; this is a {predicateT.GetType()}.", nameof(predicateT));
        }

        var type = parameter.ParameterType;
        return new(predicateT, type, message => type.IsInstanceOfType(message) && (bool)predicateT.DynamicInvoke(message)!);
    }

    internal bool Matches(object message) => _matches(message);
}

public static class PredicateInfoFactory
{
    public static PredicateInfo CreatePredicateInfo(this Delegate predicateT) => PredicateInfo.Create(predicateT);

    public static PredicateInfo CreatePredicateInfo<T>(this Predicate<T> predicateT) => PredicateInfo.Create(predicateT);
}
