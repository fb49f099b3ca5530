using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace GraphRisk.Cli.Composition;

/// <summary>
/// The values of a server's settings and where each came from: an option of the command line goes before a variable of the environment, that before the
/// file (<c>--config</c>, <c>GRAPHRISK_CONFIG</c>, or <c>graphrisk.json</c> of the data folder), that before what is usual. A list is taken whole from one of them.
/// </summary>
internal sealed class SettingValues
{
    /// <summary>Name of the file in a data folder.</summary>
    public const string FileName = "graphrisk.json";

    /// <summary>Names a file in the place of the data folder's.</summary>
    public const string FileVariable = "GRAPHRISK_CONFIG";

    /// <summary>Where a value came from that nobody said.</summary>
    public const string Usual = "usual";

    private readonly (Func<Setting, string> NameOf, IConfigurationProvider Provider)[] layers;

    private SettingValues(string? file, (Func<Setting, string> NameOf, IConfigurationProvider Provider)[] layers) => (File, this.layers) = (file, layers);

    /// <summary>The file that was read; null for none.</summary>
    public string? File { get; }

    /// <summary>Reads the settings.</summary>
    /// <param name="variable">Looks up a variable of the environment.</param>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="file">File named on the command line; null for none.</param>
    /// <param name="given">What options of the command line say.</param>
    /// <exception cref="UserErrorException">A file cannot be read, holds a key nobody knows, or a value is none of its setting.</exception>
    public static SettingValues Read(Func<string, string?> variable, string dataFolder, string? file = null, IEnumerable<(Setting Setting, string[] Values)>? given = null)
    {
        var named = file ?? (variable(FileVariable) is { Length: > 0 } path ? path : null);
        if (named is not null && !System.IO.File.Exists(named)) throw new UserErrorException($"There is no configuration file '{named}'.");
        var read = named ?? Path.Combine(dataFolder, FileName);
        var isThere = System.IO.File.Exists(read);
        var environment = Settings.All.Where(setting => setting.Variable is not null && variable(setting.Variable) is { Length: > 0 })
            .SelectMany(setting => Checked(setting, setting.Variable!, setting.Kind == SettingKind.List ? Split(variable(setting.Variable!)!) : [variable(setting.Variable!)!]));
        var options = (given ?? []).SelectMany(one => Checked(one.Setting, one.Setting.Option!, one.Values));
        var usual = Settings.All.Where(setting => setting.Standard is not null).Select(setting => KeyValuePair.Create(setting.Key, setting.Standard));
        var builder = new ConfigurationBuilder().AddInMemoryCollection(usual);
        if (isThere) builder.AddJsonStream(new MemoryStream(CheckFile(read)));
        var root = builder.AddInMemoryCollection(environment).AddInMemoryCollection(options).Build();
        Func<Setting, string>[] names = [setting => setting.Option!, setting => setting.Variable!, .. isThere ? [(Func<Setting, string>)(_ => read)] : (Func<Setting, string>[])[], _ => Usual];
        return new SettingValues(isThere ? read : null, [.. names.Zip(root.Providers.Reverse())]);
    }

    /// <summary>The values of a setting, one where it is no list, and what they came from: the option, the variable, the file, or <see cref="Usual"/>; none where nothing is said.</summary>
    public (ImmutableArray<string> Values, string? From) Find(Setting setting)
    {
        foreach (var (nameOf, provider) in layers)
        {
            if (provider.TryGet(setting.Key, out var value) && value is not null) return (setting.Kind == SettingKind.List && value.Length == 0 ? [] : [value], nameOf(setting));
            string[] items = [.. provider.GetChildKeys([], setting.Key).Distinct(StringComparer.OrdinalIgnoreCase)];
            if (items.Length > 0)
                return ([.. items.OrderBy(item => int.Parse(item, CultureInfo.InvariantCulture)).Select(item => provider.TryGet($"{setting.Key}:{item}", out var one) ? one! : "")], nameOf(setting));
        }

        return ([], null);
    }

    /// <summary>The text of a setting; null where nothing is said.</summary>
    public string? Text(Setting setting) => Find(setting).Values is [{ Length: > 0 } value] ? value : null;

    /// <summary>Whether a switch is on.</summary>
    public bool IsOn(Setting setting) => Text(setting)?.ToLowerInvariant() is "true" or "1";

    /// <summary>A time; null where nothing is said.</summary>
    public TimeSpan? Time(Setting setting) => Text(setting) is { } text ? TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture)) : null;

    /// <summary>The host whose variables are these values, and for all else those of the environment.</summary>
    public Host In(Host host)
    {
        var byVariable = Settings.All.Where(setting => setting.Variable is not null).ToDictionary(setting => setting.Variable!, StringComparer.Ordinal);
        return host with
        {
            IsConfigured = true,
            Variable = name => byVariable.TryGetValue(name, out var setting) && Find(setting) is { From: not null } found ? string.Join(',', found.Values) : host.Variable(name),
        };
    }

    private static string[] Split(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static IEnumerable<KeyValuePair<string, string?>> Checked(Setting setting, string name, string[] values)
    {
        foreach (var value in values)
            if (setting.Fault(value) is { } fault) throw new UserErrorException($"{name} is '{setting.Shown(value)}', {fault}.");
        return setting.Kind == SettingKind.List
            ? values.Select((value, at) => KeyValuePair.Create($"{setting.Key}:{at}", (string?)value))
            : [KeyValuePair.Create(setting.Key, (string?)values[^1])];
    }

    /// <summary>The bytes of a file in which every key is known and every value is of its setting's kind.</summary>
    private static byte[] CheckFile(string path)
    {
        var bytes = System.IO.File.ReadAllBytes(path);
        if (bytes.AsSpan().IndexOfAnyExcept(" \t\r\n"u8) < 0) throw new UserErrorException($"{path}: the file is empty; write {{}} where nothing is set, or take it away.");
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw new UserErrorException($"{path}: the file is no JSON object.");
            CheckObject(path, document.RootElement, "");
            return bytes;
        }
        catch (JsonException error)
        {
            throw new UserErrorException(string.Create(CultureInfo.InvariantCulture, $"{path}, line {(error.LineNumber ?? 0) + 1}: the file is no JSON object."));
        }
    }

    private static void CheckObject(string path, JsonElement found, string prefix)
    {
        var met = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in found.EnumerateObject())
        {
            var (key, name) = (prefix + member.Name, (prefix + member.Name).Replace(':', '.'));
            if (!met.Add(member.Name)) throw new UserErrorException($"{path}: '{name}' stands twice; which of the two is meant?");
            var setting = Settings.All.FirstOrDefault(setting => setting.Key == key);
            if (setting is { Variable: null }) throw new UserErrorException($"{path}: '{name}' is asked for on the command line only, by {setting.Option}.");
            if (setting is not null) CheckValue(path, name, setting, member.Value);
            else if (member.Value.ValueKind == JsonValueKind.Object && Settings.All.Any(one => one.Key.StartsWith(key + ":", StringComparison.Ordinal))) CheckObject(path, member.Value, key + ":");
            else throw new UserErrorException($"{path}: '{name}' is no setting{(Near(key) is { } near ? $"; perhaps '{near}' is meant" : "; 'graphrisk config show' lists them")}.");
        }
    }

    private static void CheckValue(string path, string name, Setting setting, JsonElement value)
    {
        (JsonValueKind[] Kinds, string What) wanted = setting.Kind switch
        {
            SettingKind.List => ([JsonValueKind.Array], "a list of texts"),
            SettingKind.Switch => ([JsonValueKind.True, JsonValueKind.False], "true or false"),
            SettingKind.Port or SettingKind.Seconds => ([JsonValueKind.Number], "a number"),
            _ => ([JsonValueKind.String], "a text"),
        };
        if (!wanted.Kinds.Contains(value.ValueKind) || (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String)))
            throw new UserErrorException($"{path}: '{name}' must be {wanted.What}.");
        if (setting.Kind is not (SettingKind.List or SettingKind.Switch) && setting.Fault(value.ToString()) is { } fault)
            throw new UserErrorException($"{path}: '{name}' is '{setting.Shown(value.ToString())}', {fault}.");
    }

    /// <summary>A setting whose name has the same letters, or all but a few at the end.</summary>
    private static string? Near(string key) => Settings.All.Where(setting => setting.Variable is not null).FirstOrDefault(setting =>
    {
        var (one, other) = (Letters(key), Letters(setting.Key));
        return one == other || one.TrimEnd('s') == other.TrimEnd('s') || Letters(setting.Option ?? "") == one || (one.Length > 3 && other.StartsWith(one, StringComparison.Ordinal));
    })?.Name;

    private static string Letters(string name) => new([.. name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
}
