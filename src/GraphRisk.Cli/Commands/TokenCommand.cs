using System.CommandLine;
using System.Globalization;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Store;
using GraphRisk.Server.Security;
using GraphRisk.Server.Security.Audit;
using GraphRisk.Server.SignIn;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk token</c>: prints a token for local development, and revokes tokens of any issuer.</summary>
internal static class TokenCommand
{
    /// <summary>Thirty days: a token for development that outlives a machine's use is found by others.</summary>
    private const int MostHours = 720;

    public static Command Build(Host host)
    {
        var role = new Option<Role>("--role") { Description = "Whom the token speaks for: regulator, broker, client, analyst.", Required = true };
        role.AcceptOnlyFromAmong("regulator", "broker", "client", "analyst");
        var of = new Option<string?>("--of") { Description = "The broker or client: Broker/B001, Person/registry:P000123, or what only one of them ends with, such as B001; the store must know it.", HelpName = "ID" };
        var purpose = new Option<string?>("--purpose") { Description = $"What data is read for: {string.Join(", ", PurposeCatalog.Default.Purposes.Select(item => item.Id))}." };
        var reason = new Option<string?>("--reason") { Description = "Why masked values are to be shown; it is filed in the audit trail." };
        var person = new Option<string?>("--person") { Description = "Who holds it: where a decision takes two persons, this tells them apart.", HelpName = "NAME" };
        var hours = new Option<int>("--hours") { Description = $"How long the token is valid, 1 to {MostHours}.", DefaultValueFactory = _ => 8 };
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new ExampleCommand("token", 
            "Print a token for local development, signed with the key of the data folder; 'serve --development-tokens' takes it.",
            "token --role regulator --purpose supervision",
            "token --role broker --of B001 --purpose kyc",
            "token --role broker --of B001 --purpose admission --person li.wei",
            "token --role client --of Person/broker-B001:0010000074 --purpose own-record",
            "token revoke --subject Broker/B001")
        { role, of, purpose, reason, person, hours, data, json };
        command.Add(BuildRevoke(host));
        command.SetAction(async (parsed, cancellation) =>
        {
            Viewer Describe(string? id) => ViewerOf(parsed.GetValue(role), id, parsed.GetValue(purpose), parsed.GetValue(reason)) with { Subject = parsed.GetValue(person) };
            if (parsed.GetValue(hours) is < 1 or > MostHours) throw new UserErrorException($"--hours is 1 to {MostHours}.");
            var viewer = Describe(parsed.GetValue(of));
            var bench = new Workbench(host, parsed.Folder(data));
            if (viewer.Role.IsOfTheStore())
            {
                await using var store = await bench.OpenForALookAsync(cancellation);
                viewer = await KnownAsync(store, viewer.Role, viewer.Of, Describe, cancellation);
            }
            else if (!bench.HasStore)
            {
                await host.Error.WriteLineAsync($"There is no store at '{bench.Folder.Store}' yet: the token counts only where a server answers from there ('--data').");
            }

            await Filing.NoteAsync(host, bench.Folder, new Deed(
                AuditAct.Token, "token", FormattableString.Invariant($"{viewer.Role} for {parsed.GetValue(hours)} h"))
                { Whose = viewer.Of ?? ReadLedger.Unknown, Purpose = viewer.Purpose, Reason = viewer.Reason });
            var token = Issue(host, bench.Folder, viewer, TimeSpan.FromHours(parsed.GetValue(hours)));
            await host.Out.WriteLineAsync(parsed.GetValue(json) ? Json.Of(new { token, id = DevelopmentTokens.IdOf(token), viewer }) : token);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The viewer described.</summary>
    /// <exception cref="UserErrorException">The description does not fit the role.</exception>
    public static Viewer ViewerOf(Role role, string? of, string? purpose, string? reason)
    {
        if (role is Role.Client or Role.Broker && of is null)
            throw new UserErrorException($"A token of a {role.ToString().ToLowerInvariant()} needs --of ID.");
        if (role is Role.Regulator && of is not null)
            throw new UserErrorException("A regulator stands for nobody: leave --of out, or say which role, such as --role broker.");
        var declared = PurposeCatalog.Default.Find(purpose);
        if (purpose is not null && declared is null)
            throw new UserErrorException($"'{purpose}' is no purpose. Purposes: {string.Join(", ", PurposeCatalog.Default.For(role).Select(item => item.Id))}.");
        if (declared is not null && !declared.Roles.Contains(role))
            throw new UserErrorException(
                $"A {role.ToString().ToLowerInvariant()} does not read for '{purpose}'. Purposes: {string.Join(", ", PurposeCatalog.Default.For(role).Select(item => item.Id))}.");
        return new Viewer(role, of, declared, reason);
    }

    /// <summary>The viewer of a name, who must be known to the store as what its role says.</summary>
    /// <exception cref="UserErrorException">Nobody is meant, or several are.</exception>
    public static async Task<Viewer> KnownAsync(IGraphStore store, Role role, string? of, Func<string?, Viewer> describe, CancellationToken cancellation)
    {
        var viewer = describe(await PartyNames.FindAsync(store, role, of, cancellation));
        await RequireKnownAsync(store, viewer, cancellation);
        return viewer;
    }

    private static async Task RequireKnownAsync(IGraphStore store, Viewer viewer, CancellationToken cancellation)
    {
        if (!viewer.Role.IsOfTheStore()) return;
        var role = viewer.Role.ToString().ToLowerInvariant();
        if (!NodeId.TryParse(viewer.Of, out _)) throw new UserErrorException($"The store knows no {role} '{viewer.Of}'; write Type/Key, such as {(viewer.Role == Role.Broker ? "Broker/B001" : "Person/registry:P000123")}.");
        if (store.Catalog.NodeOf(viewer) is not { } id) throw new UserErrorException($"'{viewer.Of}' cannot be a {role}.");
        var version = await store.GetVersionAsync(cancellation);
        if ((await store.FindAsync(id, version.Number, cancellation: cancellation)).Count == 0)
            throw new UserErrorException($"The store knows no {role} '{viewer.Of}'.");
    }

    /// <summary>A token signed with the key of a data folder.</summary>
    public static string Issue(Host host, DataFolder folder, Viewer viewer, TimeSpan lifetime)
    {
        var options = folder.SharedAsIn(host).ToServerOptions();
        return new DevelopmentTokens(KeyFile.LoadOrCreate(options.TokenKeyPath), PurposeCatalog.Default, host.Clock).Issue(viewer, lifetime);
    }

    private static ExampleCommand BuildRevoke(Host host)
    {
        var id = new Option<string?>("--id") { Description = "The one token of this id (jti).", HelpName = "JTI" };
        var subject = new Option<string?>("--subject") { Description = "Tokens of this holder (sub), or that speak for this party; issued until now, or until --before.", HelpName = "SUBJECT" };
        var before = new Option<string?>("--before") { Description = "Tokens issued before this instant; everyone's where no --subject is given.", HelpName = "INSTANT" };
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new ExampleCommand("revoke", 
            "Revoke tokens, an authority's or for development; running servers that share the keys refuse them from the next request on.",
            "token revoke --id 4f9c2d",
            "token revoke --subject 6f1d7a22-desk-14",
            "token revoke --before 2026-02-01T08:00:00Z")
        { id, subject, before, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var revocation = RevocationOf(parsed.GetValue(id), parsed.GetValue(subject), parsed.GetValue(before), host.Clock.GetUtcNow());
            var folder = new Workbench(host, parsed.Folder(data)).Folder;
            var path = folder.ToServerOptions().RevocationPath;
            await Filing.NoteAsync(host, folder, new Deed(AuditAct.Token, "token revoke", Describe(revocation)) { Whose = revocation.Subject ?? ReadLedger.Unknown });
            await RevocationFile.Add(path, revocation, host.Clock, cancellation);
            await host.Out.WriteLineAsync(parsed.GetValue(json) ? Json.Of(revocation) : $"Revoked in {path}.");
            return ExitCode.Done;
        });
        return command;
    }

    private static string Describe(Revocation revocation) =>
        revocation.Id is { } id ? $"token {id}" : FormattableString.Invariant($"issued before {revocation.Before:O}");

    private static Revocation RevocationOf(string? id, string? subject, string? before, DateTimeOffset now)
    {
        if (id is not null && (subject ?? before) is null) return Revocation.OfToken(id, now);
        if (id is not null || (subject ?? before) is null)
            throw new UserErrorException("Give --id alone, or --subject, --before, or both.");
        if (before is null) return Revocation.OfIssuedBefore(now, subject, now);
        return DateTimeOffset.TryParse(before, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? Revocation.OfIssuedBefore(instant, subject, now)
            : throw new UserErrorException($"'{before}' is no instant; write 2026-02-01T08:00:00Z.");
    }
}
