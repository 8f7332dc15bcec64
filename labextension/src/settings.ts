import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ISettingRegistry } from '@jupyterlab/settingregistry';

/** Loads the schema that holds the keyboard shortcuts, so that they can be changed in the settings editor. */
export const settingsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyter-oj-extension:plugin',
  description: 'Shortcuts of the online judge.',
  autoStart: true,
  optional: [ISettingRegistry],
  activate: async (_, settings: ISettingRegistry | null) => {
    await settings?.load('jupyter-oj-extension:plugin');
  }
};
