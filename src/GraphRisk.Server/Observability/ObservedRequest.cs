using System.Diagnostics;
using System.Security.Cryptography;
using GraphRisk.Graph.Observability;
using GraphRisk.Server.Budget;
using GraphRisk.Server.Guard;
using GraphRisk.Server.Security;
using Microsoft.AspNetCore.Http;

namespace GraphRisk.Server.Observability;

/// <summary>
/// What is known of a request when it is over: who asked in what role, what kind of operation, how it came out and what it cost. It holds no value of the
/// question or of its answer, and of the viewer neither name nor id. The steps of the request, which run one after another, fill it.
/// </summary>
internal sealed class ObservedRequest
{
    private const string Done = "OK";
    private const string Gone = "GONE";
    private const int LongestName = 64;

    private readonly List<QuestionBudget> budgets = [];

    /// <param name="id">The request's id, as errors name it.</param>
    public ObservedRequest(string id) => Id = id;

    /// <summary>The request's id, as errors name it.</summary>
    public string Id { get; }

    /// <summary>Whether it is told to nobody, being the server's own.</summary>
    public bool IsSilent { get; init; }

    /// <summary>When it came, by the clock's own count.</summary>
    public long Began { get; init; }

    /// <summary>Its span; null where nobody listens.</summary>
    public Activity? Span { get; init; }

    /// <summary>The viewer's role; <c>anonymous</c> until it is known.</summary>
    public string Role { get; private set; } = NameOf(Security.Role.Anonymous);

    /// <summary>The declared purpose; null for none.</summary>
    public string? Purpose { get; private set; }

    /// <summary><c>query</c>, <c>mutation</c> or <c>subscription</c>; <c>none</c> where none was found.</summary>
    public string Kind { get; private set; } = "none";

    /// <summary>The operation's name, as the asker called it; null for none.</summary>
    public string? Operation { get; private set; }

    /// <summary>SHA-256 of the document, of a slow question only.</summary>
    public string? Document { get; private set; }

    /// <summary><c>OK</c>, <c>GONE</c> where the asker did not wait, or the code of the first error.</summary>
    public string Outcome { get; private set; } = Done;

    /// <summary>The request being answered; null where nobody observes it.</summary>
    public static ObservedRequest? Of(HttpContext context) => context.Features.Get<ObservedRequest>();

    /// <summary>Notes who asks.</summary>
    public void NoteViewer(Viewer viewer) => (Role, Purpose) = (NameOf(viewer.Role), viewer.Purpose?.Id);

    /// <summary>Notes what is to be run.</summary>
    public void NoteOperation(QueryOperation? operation)
    {
        if (operation is null) return;
        Kind = operation.Kind switch { OperationKind.Query => "query", OperationKind.Mutation => "mutation", _ => "subscription" };
        Operation = operation.Name is { Length: > LongestName } name ? name[..LongestName] : operation.Name;
    }

    /// <summary>Notes what pays for it, or for one more page of it.</summary>
    public void NoteBudget(QuestionBudget budget) => budgets.Add(budget);

    /// <summary>Notes how it comes out.</summary>
    /// <param name="code">The code of its first error; null for none.</param>
    public void NoteOutcome(string? code) => Outcome = code switch { null => Done, { Length: > LongestName } => "OTHER", _ => code };

    /// <summary>Notes that whoever asked has gone.</summary>
    public void NoteGone() => Outcome = Gone;

    /// <summary>Notes the document's hash.</summary>
    public void NoteDocument(ReadOnlySpan<byte> text) => Document = Convert.ToHexStringLower(SHA256.HashData(text));

    /// <summary>What was spent of a unit.</summary>
    public long Spent(CostUnit unit) => budgets.Sum(budget => budget.Spent(unit));

    private static string NameOf(Role role) => role.ToString().ToLowerInvariant();
}
