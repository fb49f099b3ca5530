using System.Runtime.InteropServices;

namespace GraphRisk.Server.Guard;

internal enum StepKind : byte
{
    /// <summary>A field without a selection set.</summary>
    Leaf,
    /// <summary>A field with a selection set, closed by <see cref="Close"/>.</summary>
    Open,
    /// <summary>An inline fragment, closed by <see cref="Close"/>.</summary>
    OpenInline,
    Close,
    /// <summary>A spread of a named fragment.</summary>
    Spread,
}

/// <param name="Name">A field's response name (its alias if it has one), a spread's fragment; otherwise unused.</param>
internal readonly record struct Step(StepKind Kind, bool Aliased, int Name);

internal enum UnitKind : byte
{
    Query,
    Mutation,
    Subscription,
    Fragment,
}

/// <summary>An operation or a fragment: its steps are <c>Steps[First..End]</c>, without the outer braces.</summary>
/// <param name="Name">Its number in the name table, or -1 for an anonymous operation.</param>
/// <param name="Position">Its byte offset in the query.</param>
internal readonly record struct Unit(UnitKind Kind, int Name, int Position, int First, int End);

/// <summary>
/// What the guard keeps of a query: its selections in reading order as flat steps, one unit for each operation
/// and fragment. Arguments, directives and types are gone; they cost what their tokens cost.
/// </summary>
internal sealed class QueryShape
{
    private readonly List<Step> steps = [];
    private readonly List<Unit> units = [];

    public NameTable Names { get; } = new();

    public ReadOnlySpan<Step> Steps => CollectionsMarshal.AsSpan(steps);

    public ReadOnlySpan<Unit> Units => CollectionsMarshal.AsSpan(units);

    public int StepCount => steps.Count;

    public void Add(Step step) => steps.Add(step);

    public void Add(Unit unit) => units.Add(unit);

    /// <summary>For each name the unit that is the fragment of that name, or -1.</summary>
    public int[] FragmentsByName()
    {
        var fragments = new int[Names.Count];
        Array.Fill(fragments, -1);
        for (var unit = 0; unit < units.Count; unit++)
        {
            if (units[unit].Kind == UnitKind.Fragment) fragments[units[unit].Name] = unit;
        }
        return fragments;
    }
}
