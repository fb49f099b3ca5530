using System.CommandLine;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Facts;
using GraphRisk.Server.Http;
using GraphRisk.Server.Security;
using GraphRisk.Server.Security.Audit;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk token</c>: prints a token for local development.</summary>
internal static class TokenCommand
{
    public static Command Build(Host host)
    {
        var role = new Option<Role>("--role") { Description = "Whom the token speaks for: regulator, broker, client, analyst.", Required = true };
        role.AcceptOnlyFromAmong("regulator", "broker", "client", "analyst");
        var of = new Option<string?>("--of") { Description = "The broker or client: Broker/B001, Person/registry:P000123.", HelpName = "ID" };
        var purpose = new Option<string?>("--purpose") { Description = $"What data is read for: {string.Join(", ", PurposeCatalog.Default.Purposes.Select(item => item.Id))}." };
        var reason = new Option<string?>("--reason") { Description = "Why masked values are to be shown; it is filed in the audit trail." };
        var hours = new Option<int>("--hours") { Description = "How long the token is valid.", DefaultValueFactory = _ => 8 };
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new ExampleCommand("token", 
            "Print a token for local development, signed with the key of the data folder.",
            "token --role regulator --purpose supervision",
            "token --role broker --of Broker/B001 --purpose kyc",
            "token --role client --of Person/broker-B001:C0000001 --purpose own-record")
        { role, of, purpose, reason, hours, data, json };
        command.SetAction(async (parsed, _) =>
        {
            var viewer = ViewerOf(parsed.GetValue(role), parsed.GetValue(of), parsed.GetValue(purpose), parsed.GetValue(reason));
            await Filing.NoteAsync(host, parsed.Folder(data).SharedAsIn(host.Variable), new Deed(
                AuditAct.Token, "token", FormattableString.Invariant($"{viewer.Role} for {parsed.GetValue(hours)} h"))
                { Whose = viewer.Of ?? ReadLedger.Unknown, Purpose = viewer.Purpose, Reason = viewer.Reason });
            var token = Issue(host, parsed.Folder(data), viewer, TimeSpan.FromHours(parsed.GetValue(hours)));
            await host.Out.WriteLineAsync(parsed.GetValue(json) ? Json.Of(new { token, viewer }) : token);
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
        if (role is Role.Broker && (!NodeId.TryParse(of, out var broker) || broker.Type != "Broker"))
            throw new UserErrorException($"'{of}' is no broker; write --of Broker/{of}.");
        if (role is Role.Client && !NodeId.TryParse(of, out _))
            throw new UserErrorException($"'{of}' is no client; write --of Type/Key, such as Person/registry:P000123.");
        var declared = PurposeCatalog.Default.Find(purpose);
        if (purpose is not null && declared is null)
            throw new UserErrorException($"'{purpose}' is no purpose. Purposes: {string.Join(", ", PurposeCatalog.Default.For(role).Select(item => item.Id))}.");
        if (declared is not null && !declared.Roles.Contains(role))
            throw new UserErrorException(
                $"A {role.ToString().ToLowerInvariant()} does not read for '{purpose}'. Purposes: {string.Join(", ", PurposeCatalog.Default.For(role).Select(item => item.Id))}.");
        return new Viewer(role, of, declared, reason);
    }

    /// <summary>A token signed with the key of a data folder.</summary>
    public static string Issue(Host host, DataFolder folder, Viewer viewer, TimeSpan lifetime)
    {
        var options = folder.SharedAsIn(host.Variable).ToServerOptions();
        return new DevelopmentTokens(KeyFile.LoadOrCreate(options.TokenKeyPath), PurposeCatalog.Default, host.Clock).Issue(viewer, lifetime);
    }
}
