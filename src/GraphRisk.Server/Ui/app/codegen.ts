// Types of the questions, from the schema that the server's tests hold golden. A question stands in a .graphql file beside its page.
import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: '../../../../tests/GraphRisk.Server.Tests/schema.graphql',
  documents: 'src/**/*.graphql',
  generates: {
    'src/api/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        onlyOperationTypes: true,
        enumsAsTypes: true,
        useTypeImports: true,
        skipTypename: true,
        scalars: { AsOf: 'string', Date: 'string', DateTime: 'string', Decimal: 'number', Long: 'number' },
      },
    },
  },
};

export default config;
