using System.Collections.Immutable;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>Who controls: a party, or the parties of an agreement together.</summary>
/// <param name="Members">Nodes of the parties, ascending; one, unless an agreement binds them.</param>
/// <param name="Agreement">Node of the agreement; -1 where a party controls by itself.</param>
public sealed record Controller(ImmutableArray<int> Members, int Agreement)
{
    /// <summary>A party by itself.</summary>
    public static Controller Alone(int party) => new([party], -1);

    /// <summary>Whether several act in concert.</summary>
    public bool IsConcert => Agreement >= 0;

    public bool Equals(Controller? other) =>
        other is not null && Agreement == other.Agreement && Members.AsSpan().SequenceEqual(other.Members.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Agreement, Members.Length, Members[0]);
}

/// <summary>Votes one party brings to a controller in one company.</summary>
/// <param name="Holder">Node of the party that holds the votes: the controller or one it controls.</param>
/// <param name="Votes">Part of the votes.</param>
public readonly record struct VoteBlock(int Holder, decimal Votes);

/// <summary>A company under control, with the votes that make it so.</summary>
/// <param name="Controller">Who controls.</param>
/// <param name="Company">Node of the company.</param>
/// <param name="Votes">Sum of the blocks as part of the votes that count, at most what the certain votes of others leave.</param>
/// <param name="Blocks">The votes of the controller and of all it controls, by holder ascending.</param>
/// <param name="IsUltimate">Nobody controls the controller, alone or by an agreement, unless the controller controls it in turn.</param>
public sealed record ControlledCompany(
    Controller Controller, int Company, decimal Votes, ImmutableArray<VoteBlock> Blocks, bool IsUltimate);
