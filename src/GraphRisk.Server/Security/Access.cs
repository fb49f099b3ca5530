namespace GraphRisk.Server.Security;

/// <summary>What a viewer may do with a value.</summary>
public enum Access
{
    /// <summary>Not read at all: an error with a code.</summary>
    Deny,

    /// <summary>Null, without an error.</summary>
    Withhold,

    /// <summary>Read with names, identifiers, phones, addresses and accounts masked.</summary>
    Mask,

    /// <summary>Read with a keyed pseudonym in the place of identity, days as years, addresses as districts.</summary>
    Pseudonym,

    /// <summary>Read to two significant digits.</summary>
    Round,

    /// <summary>Masked, but shown to a viewer who gives a reason, which is filed.</summary>
    Reveal,

    /// <summary>Read as it is.</summary>
    Allow,
}

/// <summary>What is asked of the platform.</summary>
public enum Act
{
    /// <summary>To read a field.</summary>
    Read,

    /// <summary>To name a node by the key its source gave it, as <c>Type/key</c>.</summary>
    AskByRecordKey,

    /// <summary>To ask what a broker has at stake; the standing is the one to that broker.</summary>
    AskExposure,

    /// <summary>To ask what is recommended on an application to a broker; the standing is the one to that broker.</summary>
    AskRecommendation,

    /// <summary>To ask what a client may be made to pay with; the standing is the one to the client.</summary>
    AskAssets,

    /// <summary>To ask which neighbours a score's contagion comes from.</summary>
    AskContagion,

    /// <summary>To ask how brokers, clients and securities stand beside each other, and how brokers work.</summary>
    AskSupervision,

    /// <summary>To ask how a model did and what became of those it called high-risk.</summary>
    AskModelReport,

    /// <summary>To ask for a stress test client by client: asked again and again with other shocks it gives exact ratios back.</summary>
    AskClientStress,

    /// <summary>To judge which records are one party and which flagged ones are right as they stand, and to take judgements back.</summary>
    Judge,

    /// <summary>To import records.</summary>
    Import,

    /// <summary>To publish an edition of the market's statistics.</summary>
    PublishStatistics,

    /// <summary>To let a broker of one's own learn what the market knows of one.</summary>
    Authorise,

    /// <summary>To file what a client signed on paper.</summary>
    FileAuthorisation,

    /// <summary>To take an authorisation back.</summary>
    WithdrawAuthorisation,

    /// <summary>To apply for financing, to answer what is asked about an application, to take it back: as the client, or for it.</summary>
    Apply,

    /// <summary>To ask about an application, to approve or to decline it.</summary>
    DecideApplication,

    /// <summary>To complain of a record, a score or a decision, and to take a complaint back: as the client, or for it.</summary>
    Complain,

    /// <summary>To handle a complaint.</summary>
    HandleComplaint,

    /// <summary>To file the early warnings of a day.</summary>
    FileWarnings,

    /// <summary>To take an early warning, to put it off, to pass it on, to settle it.</summary>
    WorkWarning,

    /// <summary>To file which clients have to be reviewed on a day.</summary>
    FileReviews,

    /// <summary>To take a review of a client and to conclude it.</summary>
    ConcludeReview,

    /// <summary>To file what is due about margin calls for a day.</summary>
    FileCalls,

    /// <summary>To move a margin call.</summary>
    HandleCall,

    /// <summary>To file the defaults that follow from what is recorded.</summary>
    DeriveDefaults,

    /// <summary>To declare a default and to move it.</summary>
    HandleDefault,

    /// <summary>To draft a request to freeze and to move it.</summary>
    RequestFreeze,

    /// <summary>To object to a default: as the client, or for it.</summary>
    ObjectToDefault,
}

/// <summary>Kinds of values, which are hidden in different ways.</summary>
public enum ValueKind
{
    /// <summary>Neither of the others: days of contracts, codes, yes and no, counts.</summary>
    Other,

    /// <summary>Leads to a person or organisation: what has a mask and is no name.</summary>
    Identity,

    /// <summary>A number that tells by its digits whose it is: money, quantities, ratios.</summary>
    Amount,

    /// <summary>Prose that may name persons, and reasons that quote.</summary>
    Text,

    /// <summary>Names of persons. Of those who are nobody's client in a view only open sources tell them.</summary>
    Name,
}

/// <summary>How a value stands to the authorisation its field needs.</summary>
public enum Grant
{
    /// <summary>The field needs none.</summary>
    NotNeeded,

    /// <summary>SCORE is needed and in force.</summary>
    Score,

    /// <summary>FACTS is needed and in force.</summary>
    Facts,

    /// <summary>SCORE is needed and not in force.</summary>
    NoScore,

    /// <summary>FACTS is needed and not in force.</summary>
    NoFacts,
}

/// <summary>What is asked about a value, apart from who asks.</summary>
/// <param name="Standing">How the viewer stands to the one it is about.</param>
/// <param name="Level">Its level.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Grant">How it stands to the authorisation its field needs.</param>
public readonly record struct AccessQuestion(
    Standing Standing, Graph.Schema.Sensitivity Level, ValueKind Kind = ValueKind.Other, Grant Grant = Grant.NotNeeded);

/// <summary>The policy's answer.</summary>
/// <param name="Access">What may be done; Reveal is already decided.</param>
/// <param name="Revealed">Unmasked because the viewer gave a reason.</param>
/// <param name="Code">Why not, from <see cref="AccessCodes"/>; null unless denied.</param>
/// <param name="Row">The row of the table that decided; null where none fits.</param>
/// <param name="Purposes">Ids of the purposes that would open it; empty unless a purpose is what is missing.</param>
public sealed record AccessDecision(
    Access Access, bool Revealed = false, string? Code = null, AccessRow? Row = null, System.Collections.Immutable.ImmutableArray<string> Purposes = default)
{
    /// <summary>
    /// Whether a value may be looked for: whoever could have it shown may, masked or not; to find what one gets hidden or under
    /// another name would be reading it by guessing.
    /// </summary>
    public bool MayBeSought => Row?.Access is Access.Allow or Access.Reveal && Code is null;
}
