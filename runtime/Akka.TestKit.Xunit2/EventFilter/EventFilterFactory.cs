using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Event;
using Akka.TestKit.Internal;
using Akka.TestKit.Internal.StringMatcher;

namespace Akka.TestKit;

/// <summary>
/// Makes filters for log events: to expect them, or to keep them out of the log. A text matches whole
/// (<c>message</c>), by its start or by a part, ignoring case; <c>source</c> is the name of a logger or the path of an
/// actor. Without any, every event of the kind matches.
/// </summary>
public class EventFilterFactory
{
    private readonly TestKitBase _testkit;
    private readonly ActorSystem _system;
    private readonly IReadOnlyList<EventFilterBase> _filters;

    public EventFilterFactory(TestKitBase testkit)
        : this(testkit, testkit.Sys)
    {
    }

    public EventFilterFactory(TestKitBase testkit, ActorSystem system)
        : this(testkit, system, [])
    {
    }

    /// <param name="filters">Filters that apply in addition to the one that is made.</param>
    public EventFilterFactory(TestKitBase testkit, ActorSystem actorSystem, IReadOnlyList<EventFilterBase> filters)
    {
        _testkit = testkit;
        _system = actorSystem;
        _filters = filters;
    }

    /// <summary>Errors caused by an exception of that type; the text may be that of the event or of the exception.</summary>
    public IEventFilterApplier Exception<TException>(Regex pattern, string? source = null)
        where TException : Exception => Exception(typeof(TException), pattern, source);

    public IEventFilterApplier Exception<TException>(
        string? message = null, string? start = null, string? contains = null, string? source = null)
        where TException : Exception => Exception(typeof(TException), message, start, contains, source);

    /// <param name="checkInnerExceptions">Whether the exception may also be an inner one.</param>
    public IEventFilterApplier Exception(
        Type exceptionType, Regex pattern, string? source = null, bool checkInnerExceptions = false) =>
        Exception(exceptionType, new RegexMatcher(pattern), source, checkInnerExceptions);

    public IEventFilterApplier Exception(
        Type exceptionType,
        string? message = null,
        string? start = null,
        string? contains = null,
        string? source = null,
        bool checkInnerExceptions = false) =>
        Exception(exceptionType, CreateMessageMatcher(message, start, contains), source, checkInnerExceptions);

    public IEventFilterApplier Debug(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        ForLogLevel(LogLevel.DebugLevel, message, start, contains, source);

    public IEventFilterApplier Debug(Regex pattern, string? source = null) => ForLogLevel(LogLevel.DebugLevel, pattern, source);

    public IEventFilterApplier Info(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        ForLogLevel(LogLevel.InfoLevel, message, start, contains, source);

    public IEventFilterApplier Info(Regex pattern, string? source = null) => ForLogLevel(LogLevel.InfoLevel, pattern, source);

    public IEventFilterApplier Warning(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        ForLogLevel(LogLevel.WarningLevel, message, start, contains, source);

    public IEventFilterApplier Warning(Regex pattern, string? source = null) =>
        ForLogLevel(LogLevel.WarningLevel, pattern, source);

    public IEventFilterApplier Error(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        ForLogLevel(LogLevel.ErrorLevel, message, start, contains, source);

    public IEventFilterApplier Error(Regex pattern, string? source = null) => ForLogLevel(LogLevel.ErrorLevel, pattern, source);

    public IEventFilterApplier ForLogLevel(
        LogLevel logLevel, string? message = null, string? start = null, string? contains = null, string? source = null) =>
        ForLogLevel(logLevel, CreateMessageMatcher(message, start, contains), source);

    public IEventFilterApplier ForLogLevel(LogLevel logLevel, Regex pattern, string? source = null) =>
        ForLogLevel(logLevel, new RegexMatcher(pattern), source);

    /// <summary>Any dead letter.</summary>
    public IEventFilterApplier DeadLetter() => Create(new DeadLettersFilter(null, null));

    /// <summary>Dead letters with a message of that type.</summary>
    /// <param name="source">The path of the recipient.</param>
    public IEventFilterApplier DeadLetter<TMessage>(string? source = null) => DeadLetter(_ => true, typeof(TMessage), source);

    public IEventFilterApplier DeadLetter<TMessage>(Func<TMessage, bool> isMatch, string? source = null) =>
        DeadLetter(message => isMatch((TMessage)message), typeof(TMessage), source);

    public IEventFilterApplier DeadLetter(Type type, string? source = null) => DeadLetter(_ => true, type, source);

    public IEventFilterApplier DeadLetter(Type type, Func<object, bool> isMatch, string? source = null) =>
        DeadLetter(isMatch, type, source);

    public IEventFilterApplier Custom(Predicate<LogEvent> predicate) => Create(new CustomEventFilter(predicate));

    public IEventFilterApplier Custom<TLogEvent>(Predicate<TLogEvent> predicate)
        where TLogEvent : LogEvent =>
        Create(new CustomEventFilter(logEvent => logEvent is TLogEvent typed && predicate(typed)));

    protected static IStringMatcher CreateMessageMatcher(string? message, string? start, string? contains) =>
        message is not null ? new EqualsString(message)
        : start is not null ? new StartsWithString(start)
        : contains is not null ? new ContainsString(contains)
        : MatchesAll.Instance;

    protected IEventFilterApplier CreateApplier(EventFilterBase filter, ActorSystem system) =>
        new InternalEventFilterApplier(_testkit, system, [.. _filters, filter]);

    private static IStringMatcher? Source(string? source) => source is null ? null : new EqualsStringAndPathMatcher(source);

    private IEventFilterApplier Exception(Type exceptionType, IStringMatcher message, string? source, bool checkInnerExceptions) =>
        Create(new ErrorFilter(exceptionType, message, Source(source), checkInnerExceptions));

    private IEventFilterApplier DeadLetter(Func<object, bool> isMatch, Type type, string? source) =>
        Create(new DeadLettersFilter(
            null, Source(source), letter => type.IsInstanceOfType(letter.Message) && isMatch(letter.Message)));

    private IEventFilterApplier ForLogLevel(LogLevel logLevel, IStringMatcher message, string? source) => Create(logLevel switch
    {
        LogLevel.DebugLevel => new DebugFilter(message, Source(source)),
        LogLevel.InfoLevel => new InfoFilter(message, Source(source)),
        LogLevel.WarningLevel => new WarningFilter(message, Source(source)),
        LogLevel.ErrorLevel => new ErrorFilter(message, Source(source)),
        _ => throw new ArgumentOutOfRangeException(nameof(logLevel), logLevel, "Unknown log level."),
    });

    private IEventFilterApplier Create(EventFilterBase filter) => CreateApplier(filter, _system);
}
