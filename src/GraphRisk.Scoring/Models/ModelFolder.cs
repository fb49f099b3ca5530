using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GraphRisk.Scoring.Models;

/// <summary>
/// A model on disk: <c>model.txt</c> (LightGBM's text), <c>model.json</c> (<see cref="ModelDefinition"/>) and
/// <c>card.json</c> (<see cref="ModelCard"/>). The version is a hash of the first two; a folder whose content does not
/// hash to the version on its card is refused, so a score can always be traced to the bytes that made it.
/// </summary>
internal static class ModelFolder
{
    private const string TreesFile = "model.txt";
    private const string DefinitionFile = "model.json";
    private const string CardFile = "card.json";

    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        NumberHandling = JsonNumberHandling.Strict,
        IgnoreReadOnlyProperties = false,
    };

    /// <summary>First 16 hexadecimal digits of SHA-256 over both texts.</summary>
    internal static string VersionOf(string trees, ModelDefinition definition) => VersionOf(trees, Text(definition));

    internal static void Save(string folder, string trees, ModelDefinition definition, ModelCard card)
    {
        Directory.CreateDirectory(folder);
        Write(folder, TreesFile, trees);
        Write(folder, DefinitionFile, Text(definition));
        Write(folder, CardFile, Text(card));
    }

    /// <exception cref="ModelException">A file is missing or broken, or the content is not that of the version.</exception>
    internal static (string Trees, ModelDefinition Definition, ModelCard Card) Load(string folder)
    {
        try
        {
            var trees = File.ReadAllText(Path.Combine(folder, TreesFile));
            var definitionText = File.ReadAllText(Path.Combine(folder, DefinitionFile));
            var card = Parse<ModelCard>(File.ReadAllText(Path.Combine(folder, CardFile)));
            var version = VersionOf(trees, definitionText);
            if (version != card.Version)
                throw new ModelException($"{folder} claims to be model {card.Version}, but its content is {version}");
            return (trees, Parse<ModelDefinition>(definitionText), card);
        }
        catch (Exception error) when (error is IOException or JsonException or UnauthorizedAccessException)
        {
            throw new ModelException($"no model can be read from {folder}: {error.Message}", error);
        }
    }

    private static string VersionOf(string trees, string definition) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(trees + "\0" + definition)))[..16];

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, Json) + "\n";

    private static T Parse<T>(string text) => JsonSerializer.Deserialize<T>(text, Json) ?? throw new JsonException("empty");

    private static void Write(string folder, string file, string text) => File.WriteAllText(Path.Combine(folder, file), text);
}
