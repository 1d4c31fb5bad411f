using Akka.Event;
using Akka.TestKit.Internal;
using Akka.TestKit.Internal.StringMatcher;

namespace Akka.TestKit.Internal
{
    public class DebugFilter : EventFilterBase
    {
        public DebugFilter(IStringMatcher? messageMatcher = null, IStringMatcher? sourceMatcher = null)
            : base(messageMatcher, sourceMatcher)
        {
        }

        protected override string FilterDescriptiveName => "Debug";

        protected override bool IsMatch(LogEvent evt) => evt is Debug && InternalDoMatch(evt.LogSource, evt.Message);
    }

    public class InfoFilter : EventFilterBase
    {
        public InfoFilter(IStringMatcher? messageMatcher = null, IStringMatcher? sourceMatcher = null)
            : base(messageMatcher, sourceMatcher)
        {
        }

        protected override string FilterDescriptiveName => "Info";

        protected override bool IsMatch(LogEvent evt) => evt is Info && InternalDoMatch(evt.LogSource, evt.Message);
    }

    public class WarningFilter : EventFilterBase
    {
        public WarningFilter(IStringMatcher? messageMatcher = null, IStringMatcher? sourceMatcher = null)
            : base(messageMatcher, sourceMatcher)
        {
        }

        protected override string FilterDescriptiveName => "Warning";

        protected override bool IsMatch(LogEvent evt) => evt is Warning && InternalDoMatch(evt.LogSource, evt.Message);
    }

    /// <summary>
    /// Matches errors; with a type, those caused by an exception of it. The message may then be that of the event or
    /// that of the exception.
    /// </summary>
    public class ErrorFilter : EventFilterBase
    {
        private readonly Type? _exceptionType;
        private readonly bool _recurseInnerExceptions;

        public ErrorFilter(IStringMatcher? messageMatcher = null, IStringMatcher? sourceMatcher = null)
            : base(messageMatcher, sourceMatcher)
        {
        }

        public ErrorFilter(
            Type? exceptionType,
            IStringMatcher? messageMatcher = null,
            IStringMatcher? sourceMatcher = null,
            bool recurseInnerExceptions = false)
            : base(messageMatcher, sourceMatcher)
        {
            _exceptionType = exceptionType;
            _recurseInnerExceptions = recurseInnerExceptions;
        }

        protected override string FilterDescriptiveName =>
            _exceptionType is null ? "Error" : $"Error caused by {_exceptionType}";

        protected override bool IsMatch(LogEvent evt) =>
            evt is Error error
            && (_exceptionType is null
                ? InternalDoMatch(error.LogSource, error.Message)
                : IsCause(error, error.Cause));

        private bool IsCause(Error error, Exception? cause) =>
            cause is not null
            && ((_exceptionType!.IsInstanceOfType(cause)
                    && (InternalDoMatch(error.LogSource, error.Message) || InternalDoMatch(error.LogSource, cause.Message)))
                || (_recurseInnerExceptions && IsCause(error, cause.InnerException)));
    }

    public class CustomEventFilter : EventFilterBase
    {
        private readonly Predicate<LogEvent> _predicate;

        public CustomEventFilter(Predicate<LogEvent> predicate)
            : base(null, null)
        {
            _predicate = predicate;
        }

        protected override string FilterDescriptiveName => "Custom";

        protected override bool IsMatch(LogEvent evt) => _predicate(evt);
    }
}

namespace Akka.TestKit
{
    /// <summary>Matches dead letters, which <see cref="TestEventListener"/> sees as warnings with the letter as message.</summary>
    public sealed class DeadLettersFilter : EventFilterBase
    {
        private readonly Predicate<DeadLetter>? _isMatch;

        /// <param name="sourceMatcher">Matches the path of the recipient.</param>
        public DeadLettersFilter(IStringMatcher? messageMatcher, IStringMatcher? sourceMatcher, Predicate<DeadLetter>? isMatch = null)
            : base(messageMatcher, sourceMatcher)
        {
            _isMatch = isMatch;
        }

        protected override string FilterDescriptiveName => "DeadLetter";

        protected override bool IsMatch(LogEvent evt) =>
            evt is Warning { Message: DeadLetter letter }
            && (_isMatch is null || _isMatch(letter))
            && InternalDoMatch(evt.LogSource, letter.Message);
    }
}
