using GraphQL;
using GraphRisk.Graph.Schema;
using GraphRisk.Market.Contagion;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Scores;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Score;

/// <summary>Where a score's contagion comes from, with the party it is about.</summary>
internal sealed record ContagionOf(NodeHandle Client, ContagionAnswer Answer) : IAboutSubject
{
    public string? Subject => Client.Subject;
}

/// <summary>One tie's part, with the party it is about.</summary>
internal sealed record ContagionTieOf(NodeHandle Client, ContagionTie Tie) : IAboutSubject
{
    public string? Subject => Client.Subject;
}

/// <summary>One neighbour's part, with the party it is about.</summary>
internal sealed record ContagionTermOf(NodeHandle Client, ContagionTerm Term) : IAboutSubject
{
    public string? Subject => Client.Subject;
}

/// <summary>
/// Which neighbours make up the contagion part of a score, along which tie, by how many points: <c>contagion</c> on parties. It
/// names who else is in trouble, so it is for those who supervise and for analysts.
/// </summary>
internal sealed class ContagionPart(GraphSession session, Func<CreditModel?> champion) : ISchemaPart
{
    private static readonly FieldAccess Derived = FieldAccess.Reads(Sensitivity.Confidential);

    private static readonly (NeighbourTie Tie, string Description)[] Ties =
    [
        (NeighbourTie.GuaranteedDebtor, "The party answers for a debt of the neighbour."),
        (NeighbourTie.Guarantor, "The neighbour answers for a debt of the party."),
        (NeighbourTie.HeldCompany, "The party holds a part of the neighbour."),
        (NeighbourTie.Holder, "The neighbour holds a part of the party."),
        (NeighbourTie.SharedDevice, "A device signs in to accounts of both."),
        (NeighbourTie.SharedAccount, "Both own one account."),
        (NeighbourTie.Office, "One represents or serves the other, or they are related."),
        (NeighbourTie.Agreement, "Both are bound by an agreement in force to act in concert."),
    ];

    public void AddTo(SchemaParts parts)
    {
        parts.Types.Add(Fields.Enum(
            "NeighbourTie", "How a neighbour is tied to a party.",
            [.. Ties.Select(tie => (NameOf(tie.Tie), (object)tie.Tie, tie.Description))]));
        parts.Types.Add(Fields.Object(
            "Contagion", "Where the contagion part of a score comes from: neighbours + rest + interaction = points.",
            Fields.Of<ContagionOf>("points", "Float", Derived, "The contagion part of the score as the model foresees it; negative lowers it.", one => ScoreTypes.Rounded(one.Answer.ContagionPoints)),
            Fields.Of<ContagionOf>("neighbours", "[ContagionTerm!]", Derived, "Those it is tied to, the one that lowers the score most first.",
                Terms, TypeExpression.First(PageRequest.Most, $"At most so many, up to {PageRequest.Most}, which is also where none is given.")),
            Fields.Of<ContagionOf>("rest", "Float", Derived, "What it would be without any of them: that the party stands alone, and its common holdings.", one => ScoreTypes.Rounded(one.Answer.Rest)),
            Fields.Of<ContagionOf>("interaction", "Float", Derived, "What neighbours do together beyond what each does alone.", one => ScoreTypes.Rounded(one.Answer.Interaction)),
            Fields.Of<ContagionOf>("interacts", "Boolean", Derived, "Neighbours overlap: taking two away moves the score otherwise than their points say.", one => one.Answer.Interacts),
            Fields.Of<ContagionOf>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", one => one.Client.View.Stamp)));
        parts.Types.Add(Fields.Object(
            "ContagionTerm", "What one neighbour does to a score.",
            Fields.Of<ContagionTermOf>("party", "Party", FieldAccess.Structure, "The neighbour.", one => one.Client.At(one.Term.Party)),
            Fields.Of<ContagionTermOf>("points", "Float", Derived, "How far the score would move if all ties to it were taken away, with its sign turned: negative lowers the score.", one => ScoreTypes.Rounded(one.Term.Points)),
            Fields.Of<ContagionTermOf>("ties", "[ContagionTie!]", Derived, "Each kind of tie by itself; they overlap where they do not add up.", one => one.Term.Ties.Select(tie => new ContagionTieOf(one.Client, tie)))));
        parts.Types.Add(Fields.Object(
            "ContagionTie", "What one kind of tie to a neighbour does to a score by itself.",
            Fields.Of<ContagionTieOf>("kind", "NeighbourTie!", FieldAccess.Structure, "Along what.", one => one.Tie.Tie),
            Fields.Of<ContagionTieOf>("points", "Float", Derived, "How far the score would move without it, with its sign turned: negative lowers the score.", one => ScoreTypes.Rounded(one.Tie.Points))));
        parts.Extend(SchemaCatalog.Party, () => Fields.Resolved(
            "contagion", "Contagion", Derived, "Which neighbours the contagion part of the party's score comes from, by leaving each out. For supervision and analysts. Level 3.",
            async context => await ReadAsync((NodeHandle)context.Source!, context)));
    }

    private async ValueTask<ContagionOf> ReadAsync(NodeHandle client, IResolveFieldContext context)
    {
        if (AccessPolicy.Decide(context.Viewer(), Act.AskContagion, Standing.Visible) is { Code: not null } denial) throw AccessDenied.Of(denial, "Party.contagion");
        if (champion() is not { } model) throw Problem.NoModel;
        client.View.RequireDebts();
        var whole = await session.WholeAsync(client.View, context.CancellationToken);
        var answer = whole.Derive((nameof(ContagionPart), model.Version, client.Number), context.Meter(), (_, paid) => whole.Scorer(model).ContagionOf(client.Number, paid));
        return new ContagionOf(client, answer);
    }

    private static IEnumerable<ContagionTermOf> Terms(ContagionOf one, IResolveFieldContext context)
    {
        var first = context.GetArgument<int?>("first") ?? PageRequest.Most;
        if (first is < 0 or > PageRequest.Most) throw Problem.BadInput("first", $"must be between 0 and {PageRequest.Most}.");
        return one.Answer.Terms.Take(first).Select(term => new ContagionTermOf(one.Client, term));
    }

    private static string NameOf(NeighbourTie tie) => string.Concat(tie.ToString().Select((letter, i) => i > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{char.ToUpperInvariant(letter)}"));
}
