using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms.Linkage;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Links;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;
using GraphRisk.Workflow.Recovery;
using GraphQL;

namespace GraphRisk.Server.Recovery;

/// <summary>What was found of a client.</summary>
internal sealed record AssetsOf(NodeHandle Client, AssetsFound Found) : IAboutSubject
{
    public string? Subject => Client.Subject;
}

/// <summary>One asset, which is about who holds it.</summary>
internal sealed record AssetOf(NodeHandle Client, Asset Asset) : IAboutSubject
{
    public string? Subject => Client.At(Asset.Holder.Party).Subject;

    public NodeHandle? At(int node) => node < 0 ? null : Client.At(node);
}

/// <summary>A right of somebody else on an asset.</summary>
internal sealed record EncumbranceOf(AssetOf Of, Encumbrance Encumbrance) : IAboutSubject
{
    public string? Subject => Of.Subject;
}

/// <summary>Somebody in whose name assets may stand.</summary>
internal sealed record HolderOf(NodeHandle Client, AssetHolder Holder) : IAboutSubject
{
    public string? Subject => Client.At(Holder.Party).Subject;
}

/// <summary>A step of a chain.</summary>
internal sealed record HolderStepOf(NodeHandle Client, HolderStep Step);

/// <summary>Assets of one kind together, about the client they were searched for.</summary>
internal sealed record AssetTotalOf(NodeHandle Client, AssetTotal Total) : IAboutSubject
{
    public string? Subject => Client.Subject;
}

/// <summary>GraphQL types of the search for assets.</summary>
internal static class AssetTypes
{
    public static void AddTo(SchemaParts parts, FieldAccess derived)
    {
        parts.Types.Add(Fields.Enum(
            "LinkCertainty", "How sure it is that an asset is the client's to be reached.",
            ("CERTAIN", LinkCertainty.Certain, "The client's own, or of a company it controls by certain votes, or of an arrangement that holds for it alone."),
            ("POSSIBLE", LinkCertainty.Possible, "Of a company it may control as far as ranges of votes allow, or in the name of its nominee."),
            ("DOUBTFUL", LinkCertainty.Doubtful, "Of somebody who may be one with a holder that is certain, nobody having decided it.")));
        parts.Types.Add(Fields.Enum(
            "HolderStepKind", "What a step from the client to a holder rests on.",
            ("CONTROL", HolderStepKind.Control, "Control by majority of votes."),
            ("NOMINEE", HolderStepKind.Nominee, "The second holds for the first."),
            ("IDENTITY", HolderStepKind.Identity, "The records of both may be one party's.")));
        parts.Types.Add(Fields.Enum(
            "AssetKind", "Kinds of assets.",
            ("ACCOUNT", AssetKind.Account, "An account; what is in it are assets of their own."),
            ("POSITION", AssetKind.Position, "A security in an account."),
            ("PLEDGED_SHARES", AssetKind.PledgedShares, "Securities pledged or sold under a contract."),
            ("CONTRACT_EXCESS", AssetKind.ContractExcess, "What secures a contract beyond what is owed under it.")));
        parts.Types.Add(Fields.Enum(
            "EncumbranceKind", "Why something cannot be had freely.",
            ("PLEDGED", EncumbranceKind.Pledged, "It secures a contract."),
            ("FROZEN", EncumbranceKind.Frozen, "Frozen by a court, or under a pledge that no contract here tells."),
            ("BLOCKED", EncumbranceKind.Blocked, "The account is blocked by the operator.")));
        parts.Types.Add(Fields.Object(
            "AssetAnswer", "What a client may be made to pay with; money in yuan.",
            Fields.Of<AssetsOf>("client", "Party", FieldAccess.Structure, "The client.", one => one.Client),
            Fields.Of<AssetsOf>("holders", "[AssetHolder!]", derived, "In whose name assets may stand, the surest first.",
                (one, context) => Cut(one.Found.Holders, context).Select(holder => new HolderOf(one.Client, holder)).ToArray(), First),
            Fields.Of<AssetsOf>("assets", "[Asset!]", derived, "The assets, by holder in that order, then by kind.",
                (one, context) => Cut(one.Found.Assets, context).Select(asset => new AssetOf(one.Client, asset)).ToArray(), First),
            Fields.Of<AssetsOf>("count", "Int", derived, "Number of assets.", one => one.Found.Assets.Length),
            Fields.Of<AssetsOf>("totals", "[AssetTotal!]", derived, "Sums by kind and certainty. Those of different kinds are not to be added: pledged shares may lie in an account, and an excess lies in what secures its contract.",
                one => one.Found.Totals.Select(total => new AssetTotalOf(one.Client, total)).ToArray()),
            Fields.Of<AssetsOf>("certainFree", "Decimal", derived, "What of the certain assets could be had at once: neither encumbered nor suspended, counted once.", one => one.Found.CertainFree),
            Fields.Of<AssetsOf>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", one => one.Client.View.Stamp)));
        parts.Types.Add(Fields.Object(
            "AssetHolder", "Somebody in whose name a client's assets may stand.",
            Fields.Of<HolderOf>("party", "Party", FieldAccess.Structure, "Who.", one => one.Client.At(one.Holder.Party)),
            Fields.Of<HolderOf>("certainty", "LinkCertainty", derived, "How sure the link is.", one => one.Holder.Certainty),
            Fields.Of<HolderOf>("chain", "[HolderStep!]", derived, "From the client to the holder; empty for the client itself.",
                one => one.Holder.Chain.Select(step => new HolderStepOf(one.Client, step)).ToArray())));
        parts.Types.Add(Fields.Object(
            "HolderStep", "A step from the client to a holder.",
            Fields.Of<HolderStepOf>("kind", "HolderStepKind!", FieldAccess.Structure, "What it rests on.", one => one.Step.Kind),
            Fields.Of<HolderStepOf>("from", "Party", FieldAccess.Structure, "Whom it comes from.", one => one.Client.At(one.Step.From)),
            Fields.Of<HolderStepOf>("to", "Party", FieldAccess.Structure, "Whom it leads to.", one => one.Client.At(one.Step.To)),
            Fields.Of<HolderStepOf>("votes", "Decimal", FieldAccess.Reads(Graph.Schema.Sensitivity.Internal), "Part of the votes of the second at the client's command; null of other kinds.", one => one.Step.Votes),
            Fields.Of<HolderStepOf>("evidence", "[LinkEvidence!]", FieldAccess.Reads(Graph.Schema.Sensitivity.Internal), "Relationships it rests on.",
                one => one.Step.Evidence.Select(edge => new EvidenceOf(one.Client, edge)).ToArray())));
        AddAsset(parts, derived);
    }

    private static GraphQL.Types.QueryArgument First => TypeExpression.First(PageRequest.Most, $"At most so many, up to {PageRequest.Most}, which is also where none is given; sums are over all.");

    private static void AddAsset(SchemaParts parts, FieldAccess derived)
    {
        parts.Types.Add(Fields.Object(
            "Asset", "Something a client may be made to pay with. Its value is what is encumbered, what of the rest is suspended, and what is free.",
            Fields.Of<AssetOf>("kind", "AssetKind!", FieldAccess.Structure, "What it is.", one => one.Asset.Kind),
            Fields.Of<AssetOf>("holder", "AssetHolder!", FieldAccess.Structure, "Whose it is by name.", one => new HolderOf(one.Client, one.Asset.Holder)),
            Fields.Of<AssetOf>("account", "Account", FieldAccess.Structure, "The account it is, or is in.", one => one.At(one.Asset.Account)),
            Fields.Of<AssetOf>("security", "Security", FieldAccess.Structure, "The security.", one => one.At(one.Asset.Security)),
            Fields.Of<AssetOf>("contract", "Contract", FieldAccess.Structure, "The contract it is under.", one => one.At(one.Asset.Contract)),
            Fields.Of<AssetOf>("quantity", "Decimal", derived, "Number of securities.", one => one.Asset.Quantity),
            Fields.Of<AssetOf>("value", "Decimal", derived, "At the last close; null where no price is known, and of accounts.", one => one.Asset.Value),
            Fields.Of<AssetOf>("encumbered", "Decimal", derived, "Part of the value that is pledged, frozen or blocked.", one => one.Asset.Encumbered),
            Fields.Of<AssetOf>("suspended", "Decimal", derived, "Part of the rest that lies in suspended securities.", one => one.Asset.Suspended),
            Fields.Of<AssetOf>("free", "Decimal", derived, "What could be had at once.", one => one.Asset.Free),
            Fields.Of<AssetOf>("isSuspended", "Boolean", derived, "Whether the security is not traded; of an excess, whether all of it lies in such.", one => one.Asset.IsSuspended),
            Fields.Of<AssetOf>("isJoint", "Boolean", derived, "Whether the account has other owners too.", one => one.Asset.IsJoint),
            Fields.Of<AssetOf>("encumbrances", "[Encumbrance!]", derived, "Under which rights of others it stands.", one => one.Asset.Encumbrances.Select(right => new EncumbranceOf(one, right)).ToArray())));
        parts.Types.Add(Fields.Object(
            "Encumbrance", "A right of somebody else that an asset stands under.",
            Fields.Of<EncumbranceOf>("kind", "EncumbranceKind!", FieldAccess.Structure, "Which.", one => one.Encumbrance.Kind),
            Fields.Of<EncumbranceOf>("quantity", "Decimal", derived, "How many securities are under it; null for the whole of an account.", one => one.Encumbrance.Quantity),
            Fields.Of<EncumbranceOf>("contract", "Contract", FieldAccess.Structure, "The contract that is secured; null where none is told.", one => one.Of.At(one.Encumbrance.Contract)),
            Fields.Of<EncumbranceOf>("creditor", "Broker", FieldAccess.Structure, "To whom it is pledged; null where nobody is told.", one => one.Of.At(one.Encumbrance.Creditor))));
        parts.Types.Add(Fields.Object(
            "AssetTotal", "Assets of one kind and one certainty together; those without a value are counted and add nothing.",
            Fields.Of<AssetTotalOf>("kind", "AssetKind!", FieldAccess.Structure, "Which kind.", one => one.Total.Kind),
            Fields.Of<AssetTotalOf>("certainty", "LinkCertainty!", FieldAccess.Structure, "How sure the links are.", one => one.Total.Certainty),
            Fields.Of<AssetTotalOf>("count", "Int", derived, "How many.", one => one.Total.Count),
            Fields.Of<AssetTotalOf>("value", "Decimal", derived, "What they are worth.", one => one.Total.Value),
            Fields.Of<AssetTotalOf>("encumbered", "Decimal", derived, "Of it what is pledged, frozen or blocked.", one => one.Total.Encumbered),
            Fields.Of<AssetTotalOf>("suspended", "Decimal", derived, "Of the rest what is suspended.", one => one.Total.Suspended),
            Fields.Of<AssetTotalOf>("free", "Decimal", derived, "What could be had at once.", one => one.Total.Free)));
    }

    private static IEnumerable<T> Cut<T>(ImmutableArray<T> all, IResolveFieldContext context)
    {
        var first = context.GetArgument<int?>("first") ?? PageRequest.Most;
        return first is < 0 or > PageRequest.Most ? throw Problem.BadInput("first", $"must be between 0 and {PageRequest.Most}.") : all.Take(first);
    }
}
