using System.Collections.Immutable;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Budget;

/// <summary>How a server shares out what it can do.</summary>
public sealed record BudgetOptions
{
    /// <summary>What one question may spend, by role.</summary>
    public ImmutableDictionary<Role, QuestionLimits> Limits { get; init; } = QuestionLimits.ByRole;

    /// <summary>Work a viewer may spend a minute, by role; what was left of the last minute is not carried on.</summary>
    public ImmutableDictionary<Role, long> WorkAMinute { get; init; } = new Dictionary<Role, long>
    {
        [Role.Anonymous] = 1_500_000_000,
        [Role.Client] = 600_000_000,
        [Role.Broker] = 3_000_000_000,
        [Role.Analyst] = 3_000_000_000,
        [Role.Regulator] = 6_000_000_000,
    }.ToImmutableDictionary();

    /// <summary>Questions that are answered at once; null for one a processor, at least two.</summary>
    public int? AtOnce { get; init; }

    /// <summary>Questions of one viewer that wait; further ones are refused.</summary>
    public int MostWaiting { get; init; } = 64;

    /// <summary>How far the worst case of a question may be above its limits before it is refused unasked: most pages are not full.</summary>
    public int Leeway { get; init; } = 10;

    /// <summary>The same for questions that may take so many times as long.</summary>
    public BudgetOptions Times(double factor) => this with { Limits = Limits.ToImmutableDictionary(limits => limits.Key, limits => limits.Value.Times(factor)) };

    /// <summary>The limits of a role.</summary>
    public QuestionLimits Of(Role role) => Limits[role];
}
