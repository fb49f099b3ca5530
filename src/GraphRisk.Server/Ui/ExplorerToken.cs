using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GraphRisk.Server.Security;
using GraphRisk.Server.Security.Audit;
using GraphRisk.Server.SignIn;
using Microsoft.AspNetCore.Http;

namespace GraphRisk.Server.Ui;

/// <summary>
/// Issues the demo's tokens to its explorer page and to nobody else: masked as they stand, and with names for whoever states
/// a reason. Each is filed before it leaves. A page elsewhere gets none: the request must say that it comes from this
/// server's own page, in a header that browsers let no other page send without asking this server first.
/// </summary>
internal sealed class ExplorerToken(DevelopmentTokens tokens, IParties parties, AuditTrail trail, TimeProvider clock)
{
    /// <summary>The header only the explorer sends.</summary>
    public const string PageHeader = "GraphRisk-Explorer";

    public const int LongestReason = 500;

    private const int LongestPerson = 60;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);
    private static readonly TimeSpan UnmaskedLifetime = TimeSpan.FromHours(1);

    /// <summary>What the page sends: the reason typed, or null for a token that leaves names masked; whom the token is to speak for, by its place among the viewers; and what the person who holds it is called, null where nobody is named.</summary>
    public sealed record Wish(string? Reason, int Viewer = 0, string? Person = null);

    /// <summary>Whom the page's tokens may speak for, to be shown; null in the place of one whom the store does not know.</summary>
    public async Task<IResult> Describe(IReadOnlyList<Viewer> viewers, CancellationToken cancellation) =>
        Results.Json(new { viewers = await DescribeAsync(viewers, cancellation).ConfigureAwait(false) });

    /// <inheritdoc cref="Describe"/>
    public async Task<IReadOnlyList<object?>> DescribeAsync(IReadOnlyList<Viewer> viewers, CancellationToken cancellation)
    {
        var described = new List<object?>();
        foreach (var viewer in viewers)
            described.Add(await IsKnown(viewer, cancellation).ConfigureAwait(false)
                ? new { role = viewer.Role.ToString().ToLower(CultureInfo.InvariantCulture), of = viewer.Of, purpose = viewer.Purpose?.Id } : null);
        return described;
    }

    /// <summary>Whether a request was sent by the explorer's page of this server.</summary>
    public static bool IsFromThePage(HttpRequest request) =>
        request.Headers[PageHeader] == "1"
        && request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin"
        && (request.Headers.Origin.Count == 0 || request.Headers.Origin == $"{request.Scheme}://{request.Host}");

    public async Task<IResult> Issue(HttpContext context, IReadOnlyList<Viewer> viewers, Wish wish)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (!IsFromThePage(context.Request)) return Results.StatusCode(StatusCodes.Status403Forbidden);
        var reason = wish.Reason?.Trim();
        var person = wish.Person?.Trim();
        if (!IsLine(reason, LongestReason) || !IsLine(person, LongestPerson)) return Results.StatusCode(StatusCodes.Status400BadRequest);
        if (wish.Viewer < 0 || wish.Viewer >= viewers.Count || !await IsKnown(viewers[wish.Viewer], context.RequestAborted).ConfigureAwait(false)) return Results.StatusCode(StatusCodes.Status400BadRequest);
        var speaksFor = viewers[wish.Viewer] with { Reason = reason, Subject = person };
        var lifetime = reason is null ? Lifetime : UnmaskedLifetime;
        var token = tokens.Issue(speaksFor, lifetime);
        await File(speaksFor, token, context.RequestAborted).ConfigureAwait(false);
        return Results.Json(new { token, reason, person, until = clock.GetUtcNow() + lifetime });
    }

    private static bool IsLine(string? text, int longest) => text is null || (text.Length > 0 && text.Length <= longest && !text.Any(char.IsControl));

    private ValueTask<bool> IsKnown(Viewer viewer, CancellationToken cancellation) => viewer.Role.IsOfTheStore() ? parties.Knows(viewer, cancellation) : new(true);

    private async ValueTask File(Viewer viewer, string token, CancellationToken cancellation)
    {
        var actor = AuditActor.For(viewer, withReason: true);
        var entry = AuditEntry.Of(clock.GetUtcNow(), AuditAct.Token, actor, "Explorer.token", viewer.Of ?? ReadLedger.Everyone);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        await trail.Append(entry with { Answer = hash }, cancellation).ConfigureAwait(false);
    }
}
