using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms.Linkage;

namespace GraphRisk.Workflow.Recovery;

/// <summary>How sure it is that what somebody has is the client's to be reached.</summary>
public enum LinkCertainty
{
    /// <summary>The client's own, or of a company it controls by certain votes, or of an arrangement that holds for it alone.</summary>
    Certain,

    /// <summary>Of a company it may control, as far as ranges of votes allow, or in the name of its nominee.</summary>
    Possible,

    /// <summary>Of somebody who may be the client, or one it controls, nobody having decided it.</summary>
    Doubtful,
}

/// <summary>What a step of a chain rests on.</summary>
public enum HolderStepKind
{
    /// <summary>Control by majority of votes.</summary>
    Control,

    /// <summary>The second holds for the first.</summary>
    Nominee,

    /// <summary>The records of both may be one party's, nobody having decided it.</summary>
    Identity,
}

/// <summary>One step from the client to who holds something.</summary>
/// <param name="Kind">What it rests on.</param>
/// <param name="From">Node of the party it comes from.</param>
/// <param name="To">Node of the party it leads to.</param>
/// <param name="Votes">Votes at the client's command in the second; null of other kinds.</param>
/// <param name="Evidence">Relationships it rests on; none of an identity in doubt, which judgements tell.</param>
public sealed record HolderStep(HolderStepKind Kind, int From, int To, decimal? Votes, ImmutableArray<EdgeReference> Evidence);

/// <summary>Who holds something that may be reached.</summary>
/// <param name="Party">Node of the party.</param>
/// <param name="Certainty">How sure the link is.</param>
/// <param name="Chain">From the client to the party; empty for the client itself.</param>
public sealed record AssetHolder(int Party, LinkCertainty Certainty, ImmutableArray<HolderStep> Chain);

/// <summary>Kinds of assets.</summary>
public enum AssetKind
{
    /// <summary>An account; what is in it are assets of their own.</summary>
    Account,

    /// <summary>A security in an account.</summary>
    Position,

    /// <summary>Securities pledged or sold under a contract.</summary>
    PledgedShares,

    /// <summary>What secures a contract beyond what is owed under it.</summary>
    ContractExcess,
}

/// <summary>Why something cannot be had freely.</summary>
public enum EncumbranceKind
{
    /// <summary>Secures a contract.</summary>
    Pledged,

    /// <summary>Frozen by a court, or under a pledge that no contract here tells.</summary>
    Frozen,

    /// <summary>The account is blocked by the operator.</summary>
    Blocked,
}

/// <summary>A right of somebody else that an asset stands under.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Quantity">How many securities are under it; null for the whole of what is no number of securities.</param>
/// <param name="Contract">Node of the contract that is secured; -1 where none is told.</param>
/// <param name="Creditor">Node of the broker it is pledged to; -1 where none is told.</param>
public sealed record Encumbrance(EncumbranceKind Kind, decimal? Quantity, int Contract, int Creditor);

/// <summary>
/// Something a client may be made to pay with. What it is worth is, to the last digit, what is encumbered, what of the rest lies in suspended securities, and what is free.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Holder">Whose it is by name.</param>
/// <param name="Account">Node of the account; -1 where it is in none.</param>
/// <param name="Security">Node of the security; -1 where it is none.</param>
/// <param name="Contract">Node of the contract it is under; -1 where it is under none.</param>
/// <param name="Quantity">Number of securities; null where it is none.</param>
/// <param name="Value">Yuan, at the last close; null where no price is known, and of accounts.</param>
/// <param name="Encumbered">Part of the value that is pledged, frozen or blocked.</param>
/// <param name="Suspended">Part of the rest that lies in suspended securities, which are not worthless and cannot be sold now.</param>
/// <param name="Encumbrances">Under which rights of others it stands.</param>
/// <param name="IsSuspended">Whether the security is not traded.</param>
/// <param name="IsJoint">Whether the account has other owners too.</param>
public sealed record Asset(
    AssetKind Kind, AssetHolder Holder, int Account, int Security, int Contract, decimal? Quantity, decimal? Value, decimal Encumbered, decimal Suspended,
    ImmutableArray<Encumbrance> Encumbrances, bool IsSuspended, bool IsJoint)
{
    /// <summary>What could be had at once; null where the value is not known.</summary>
    public decimal? Free => Value - Encumbered - Suspended;
}

/// <summary>Assets of one kind and one certainty together, yuan; those without a value are counted and add nothing.</summary>
public sealed record AssetTotal(AssetKind Kind, LinkCertainty Certainty, int Count, decimal Value, decimal Encumbered, decimal Suspended, decimal Free);

/// <summary>What was found.</summary>
/// <param name="Client">Node of the client.</param>
/// <param name="Holders">Who may hold something for it: the most certain first, then by length of chain and node.</param>
/// <param name="Assets">Assets in the order of holders, then by kind and nodes.</param>
public sealed record AssetsFound(int Client, ImmutableArray<AssetHolder> Holders, ImmutableArray<Asset> Assets)
{
    /// <summary>Sums by kind and certainty. Values of different kinds are not added: pledged shares may lie in an account, and an excess lies in what secures the contract. What is free is counted once.</summary>
    public ImmutableArray<AssetTotal> Totals =>
    [
        .. Assets.GroupBy(asset => (asset.Kind, asset.Holder.Certainty)).OrderBy(group => group.Key.Kind).ThenBy(group => group.Key.Certainty)
            .Select(group => new AssetTotal(
                group.Key.Kind, group.Key.Certainty, group.Count(), group.Sum(asset => asset.Value ?? 0m), group.Sum(asset => asset.Encumbered),
                group.Sum(asset => asset.Suspended), group.Sum(asset => asset.Free ?? 0m))),
    ];

    /// <summary>What could be had at once of what is certain, yuan.</summary>
    public decimal CertainFree => Assets.Where(asset => asset.Holder.Certainty == LinkCertainty.Certain).Sum(asset => asset.Free ?? 0m);
}
