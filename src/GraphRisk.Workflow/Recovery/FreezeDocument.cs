using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Market.Calendar;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Workflow.Recovery;

/// <summary>Somebody named in a request to freeze.</summary>
/// <param name="Name">As the broker's records have it.</param>
/// <param name="Identifiers">Numbers with their registers, such as <c>RESIDENT_ID 310101198001011234</c>.</param>
/// <param name="Address">Address; null where none is known.</param>
public sealed record FreezeParty(string Name, ImmutableArray<string> Identifiers, string? Address);

/// <summary>The contract and its default.</summary>
/// <param name="Number">Number of the contract.</param>
/// <param name="Kind">MarginContract, PledgeContract or RepoContract.</param>
/// <param name="OpenedOn">Day it was opened; null where not stated.</param>
/// <param name="Default">Number of the default case.</param>
/// <param name="DefaultedOn">Day of the default.</param>
/// <param name="Cause">Its cause, as far as is known.</param>
public sealed record FreezeContract(string Number, string Kind, DateOnly? OpenedOn, string Default, DateOnly DefaultedOn, string Cause);

/// <summary>The claim, yuan: what is left owed when the request is drafted.</summary>
public sealed record FreezeClaim(decimal Principal, decimal Interest, decimal Costs, decimal Owed);

/// <summary>An asset asked for, as the search gave it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Holder">In whose name it stands.</param>
/// <param name="Link">How sure it is that it is the respondent's to be reached.</param>
/// <param name="Chain">How the holder is linked: each step with its votes; empty for the respondent itself.</param>
/// <param name="Account">Number of the account; null where it is in none.</param>
/// <param name="Security">Code of the security; null where it is none.</param>
/// <param name="Contract">Number of the contract it is under; null where it is under none.</param>
/// <param name="Quantity">Number of securities.</param>
/// <param name="Value">Yuan, on the day of the document; null where not known.</param>
/// <param name="Free">Of it what is neither encumbered nor suspended.</param>
/// <param name="Rights">Rights of others, each as kind, quantity, contract and creditor.</param>
/// <param name="IsSuspended">Whether the security is not traded.</param>
public sealed record FreezeAsset(
    string Kind, string Holder, string Link, ImmutableArray<string> Chain, string? Account, string? Security, string? Contract,
    decimal? Quantity, decimal? Value, decimal? Free, ImmutableArray<string> Rights, bool IsSuspended);

/// <summary>
/// A request to freeze as it was drafted, whole: it is kept as the bytes of <see cref="CanonicalJson"/> with the move that drafted it, and is shown again as it was, whatever became of the assets since.
/// </summary>
/// <param name="Applicant">The broker.</param>
/// <param name="Respondent">The client.</param>
/// <param name="Contract">Contract and default.</param>
/// <param name="Claim">What is claimed.</param>
/// <param name="Assets">What is to be frozen.</param>
/// <param name="ValuedOn">Day of the values.</param>
/// <param name="LegalBasis">On what law it rests.</param>
/// <param name="Attachments">What is attached, in order.</param>
/// <param name="AsOf">Instant in the world the search was made for.</param>
/// <param name="KnownAt">Up to when knowledge counted.</param>
public sealed record FreezeDocument(
    FreezeParty Applicant, FreezeParty Respondent, FreezeContract Contract, FreezeClaim Claim, ImmutableArray<FreezeAsset> Assets, DateOnly ValuedOn,
    string LegalBasis, ImmutableArray<string> Attachments, DateTimeOffset AsOf, DateTimeOffset KnownAt)
{
    /// <summary>What the briefing that keeps it says in a word.</summary>
    public const string Advice = "FREEZE";

    /// <summary>The form of the document.</summary>
    public const string Form = "freeze-1";

    /// <summary>On what law it rests where nothing else is said: preservation before and during a suit.</summary>
    public const string CommonBasis = "《中华人民共和国民事诉讼法》第一百零三条、第一百零四条、第一百零五条 (Civil Procedure Law, articles 103 to 105)";

    /// <summary>The request as a case that opens; its document is kept with it.</summary>
    public CaseOpening ToOpening(CaseParties parties, NodeId defaultCase, long storeVersion) => new(
        parties, Properties.Of(("legalBasis", PropertyValue.Of(LegalBasis))), [("FREEZES_FOR", defaultCase, Properties.None)])
    {
        Added = Properties.Of(("amount", PropertyValue.Of(Claim.Owed))),
        Briefing = new Briefing(Advice, null, Form, AsOf, KnownAt, storeVersion, CanonicalJson.Write(this), _ => null),
    };
}

/// <summary>A state of a request, with its day and document.</summary>
/// <param name="State">The state.</param>
/// <param name="On">Since which day.</param>
/// <param name="Document">What it rests on; null where nothing was named.</param>
public sealed record FreezeStep(string State, DateOnly On, string? Document);

/// <summary>A request as it is handed out: number, document and what became of it so far. The page and the JSON are made of it alone and say the same.</summary>
public sealed record FreezePaper(string Number, FreezeDocument Document, ImmutableArray<FreezeStep> States)
{
    /// <summary>The paper of a request.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="document">The document as it was kept.</param>
    /// <param name="moves">Its moves in their order.</param>
    public static FreezePaper Of(string number, FreezeDocument document, IEnumerable<MadeMove> moves) => new(number, document,
    [
        .. moves.Select(move => new FreezeStep(
            move.To, move.Carried.TryGet("happenedOn", out var on) ? on.AsDate() : WorkingCalendar.DayOf(move.At), move.Text("document"))),
    ]);

    /// <summary>The paper as JSON.</summary>
    public string ToJson() => CanonicalJson.Write(this);
}
