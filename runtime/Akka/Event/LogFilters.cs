using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Actor.Setup;

namespace Akka.Event;

public enum LogFilterType
{
    /// <summary>Looks at the text.</summary>
    Content,

    /// <summary>Looks at the source only, so that nothing needs formatting.</summary>
    Source,
}

public enum LogFilterDecision
{
    Keep,
    Drop,
    NoDecision,
}

/// <summary>Keeps entries out of the log.</summary>
public abstract class LogFilterBase : INoSerializationVerificationNeeded, IDeadLetterSuppression
{
    public abstract LogFilterType FilterType { get; }

    public abstract LogFilterDecision ShouldKeepMessage(LogEvent content, string? expandedMessage = null);
}

/// <summary>Drops entries of sources that match.</summary>
public sealed class RegexLogSourceFilter(Regex sourceRegex) : LogFilterBase
{
    public override LogFilterType FilterType => LogFilterType.Source;

    public override LogFilterDecision ShouldKeepMessage(LogEvent content, string? expandedMessage = null) =>
        sourceRegex.IsMatch(content.LogSource) ? LogFilterDecision.Drop : LogFilterDecision.NoDecision;
}

/// <summary>Drops entries of one source.</summary>
public sealed class ExactMatchLogSourceFilter(string source, StringComparison comparison = StringComparison.OrdinalIgnoreCase) : LogFilterBase
{
    public override LogFilterType FilterType => LogFilterType.Source;

    public override LogFilterDecision ShouldKeepMessage(LogEvent content, string? expandedMessage = null) =>
        string.Equals(content.LogSource, source, comparison) ? LogFilterDecision.Drop : LogFilterDecision.NoDecision;
}

/// <summary>Drops entries whose text matches.</summary>
public sealed class RegexLogMessageFilter(Regex messageRegex) : LogFilterBase
{
    public override LogFilterType FilterType => LogFilterType.Content;

    public override LogFilterDecision ShouldKeepMessage(LogEvent content, string? expandedMessage = null) =>
        messageRegex.IsMatch(expandedMessage ?? content.Message?.ToString() ?? "") ? LogFilterDecision.Drop : LogFilterDecision.NoDecision;
}

/// <summary>Asks all filters; one that drops is enough.</summary>
public class LogFilterEvaluator
{
    public static readonly LogFilterEvaluator NoFilters = new([]);

    private readonly LogFilterBase[] _filters;

    public LogFilterEvaluator(LogFilterBase[] filters)
    {
        _filters = filters;
        EvaluatesLogSourcesOnly = Array.TrueForAll(filters, static filter => filter.FilterType == LogFilterType.Source);
    }

    public bool EvaluatesLogSourcesOnly { get; }

    public virtual bool ShouldTryKeepMessage(LogEvent evt, out string expandedLogMessage)
    {
        expandedLogMessage = string.Empty;
        if (_filters.Length == 0)
            return true;
        if (!EvaluatesLogSourcesOnly)
            expandedLogMessage = evt.Message?.ToString() ?? string.Empty;
        foreach (var filter in _filters)
        {
            if (filter.ShouldKeepMessage(evt, expandedLogMessage) == LogFilterDecision.Drop)
                return false;
        }

        return true;
    }
}

/// <summary>The filters that a system is started with.</summary>
public sealed class LogFilterSetup : Setup
{
    public LogFilterSetup(LogFilterBase[] filters) => Filters = filters;

    public LogFilterBase[] Filters { get; }

    public LogFilterEvaluator CreateEvaluator() => new(Filters);
}

/// <summary>Collects filters.</summary>
public sealed class LogFilterBuilder
{
    private readonly List<LogFilterBase> _filters = [];

    public LogFilterBuilder Add(LogFilterBase filter)
    {
        _filters.Add(filter);
        return this;
    }

    public LogFilterBuilder AddRange(IEnumerable<LogFilterBase> filters)
    {
        _filters.AddRange(filters);
        return this;
    }

    public LogFilterBuilder ExcludeSourceExactly(string source, StringComparison comparison = StringComparison.OrdinalIgnoreCase) =>
        Add(new ExactMatchLogSourceFilter(source, comparison));

    public LogFilterBuilder ExcludeSourceRegex(Regex regex) => Add(new RegexLogSourceFilter(regex));

    public LogFilterBuilder ExcludeSourceContaining(string sourcePart) => ExcludeSourceRegex(Ignoring(Regex.Escape(sourcePart)));

    public LogFilterBuilder ExcludeSourceStartingWith(string sourceStart) => ExcludeSourceRegex(Ignoring("^" + Regex.Escape(sourceStart)));

    public LogFilterBuilder ExcludeSourceEndingWith(string sourceEnd) => ExcludeSourceRegex(Ignoring(Regex.Escape(sourceEnd) + "$"));

    public LogFilterBuilder ExcludeMessageRegex(Regex regex) => Add(new RegexLogMessageFilter(regex));

    public LogFilterBuilder ExcludeMessageContaining(string messagePart) => ExcludeMessageRegex(Ignoring(Regex.Escape(messagePart)));

    public LogFilterSetup Build() => new([.. _filters]);

    private static Regex Ignoring(string pattern) => new(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}
